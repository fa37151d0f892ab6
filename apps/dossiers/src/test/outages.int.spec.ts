import { dossierTopic, intakeTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import { decodeWatermark } from '@index766/contracts-envelope';
import { databaseName, readTopic, startOwnMongo, until, type Server } from '@index766/testing-integration';
import { hoSo } from './push-elements';
import { PARTITIONS, RunningDossiers } from './running-dossiers';
import { waitForRecords } from './topic-reader';

let mongo: Server;
let dossiers: RunningDossiers;
beforeAll(async () => {
  mongo = await startOwnMongo();
  dossiers = await RunningDossiers.start(databaseName(__filename), {
    MONGO_URI: mongo.address, MONGO_SERVER_SELECTION_TIMEOUT_MS: '500', MONGO_COMMAND_TIMEOUT_MS: '2000', WATERMARK_INTERVAL_MS: '1000',
  });
}, 180_000);
afterAll(async () => {
  await dossiers.stop();
  await mongo.stop();
});

const code = (number: number) => `H44.114-20261005-${String(number).padStart(4, '0')}`;
const pushOf = async (number: number) =>
  dossiers.post('/v1/national-sync', { token: await dossiers.tokenFor(['source']), body: { service: 'DongBoHoSoMC', data: [hoSo({ MaHoSo: code(number) })] } });

describe('while the database is away', () => {
  it('a push is answered with 503 and Retry-After, and taken when it is repeated', async () => {
    await mongo.kill();
    const refused = await pushOf(1);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
    expect(await refused.json()).toMatchObject({ code: 'SERVICE.DATABASE_AWAY' });
    expect((await dossiers.get('/health/ready')).status).toBe(503);
    expect((await dossiers.get('/health/live')).status).toBe(200);

    await mongo.restart();
    await until(async () => (await pushOf(1)).status === 200, { what: 'the push to be taken', timeoutMs: 30_000 });
    await waitForRecords(dossiers, dossierTopic.name, code(1), 3);
    await until(async () => (await dossiers.get('/health/ready')).status === 200, { what: 'readiness' });
  }, 90_000);
});

describe('while the broker is away', () => {
  it('pushes are taken, and their records leave when it is back', async () => {
    await dossiers.kafka.kill();
    expect((await pushOf(2)).status).toBe(200);
    expect((await pushOf(3)).status).toBe(200);

    await dossiers.kafka.restart();
    await waitForRecords(dossiers, dossierTopic.name, code(2), 3);
    await waitForRecords(dossiers, dossierTopic.name, code(3), 3);
  }, 120_000);
});

describe('watermarks', () => {
  it('stand in each partition of each topic', async () => {
    for (const topic of [dossierTopic, intakeTopic, officerSeenTopic]) {
      const marks = await until(async () => {
        const found = (await readTopic(topic.name, { brokers: dossiers.brokers })).filter(({ key }) => key === 'watermark');
        return new Set(found.map(({ partition }) => partition)).size === PARTITIONS && found;
      }, { what: `watermarks in ${topic.name}`, timeoutMs: 30_000 });
      const decoded = marks.map(({ key, headers, value }) => decodeWatermark({ key: Buffer.from(key), headers: { ...headers }, value }));
      expect(decoded.every((mark) => mark.ok && mark.value.producer === 'dossiers')).toBe(true);
    }
  }, 60_000);
});
