import { dossierTopic, intakeTopic } from '@index766/contracts-dossiers';
import { ALL_UNITS, issueLocalToken, type Role } from '@index766/platform-auth';
import { startOwnKafka, startOwnMongo, type Server } from '@index766/testing-integration';
import { describeDrain } from '@index766/testing-suites';
import { readFileSync } from 'node:fs';
import { expectFiguresOf } from './test/as-undisturbed';
import { Installation } from './test/installation';
import { metricOf } from './test/metrics-of';
import { Loading } from './test/loading';
import { operate } from './test/operator';
import { samplePushes, sampleReference } from './test/small-sample';
import { SERVICES, type ServiceName } from './test/services';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';

const undisturbed = loadedSystem();
let kafka: Server;
let mongo: Server;
let installation: Installation;

beforeAll(async () => {
  [kafka, mongo] = await Promise.all([startOwnKafka(), startOwnMongo()]);
  installation = await Installation.start({ name: 'drain', broker: kafka.address, mongo: mongo.address, secrets: undisturbed.secrets });
}, LOADED_WITHIN_MS);
afterAll(async () => {
  await installation.stop();
  await Promise.all([kafka.stop(), mongo.stop()]);
});

describe('a load during which each service is asked to end once', () => {
  const ends: unknown[] = [];
  beforeAll(async () => {
    const loading = await Loading.start(installation.access);
    for (const [place, name] of SERVICES.entries()) {
      // A last part is left, so that the service that was started last still gets something to work on.
      await loading.letGo((place + 1) / (SERVICES.length + 1));
      const isUnderway = loading.isUnderway();
      ends.push([name, isUnderway, await installation.first(name).terminate()]);
      await installation.startAgain(name);
      await loading.paused();
    }
    await loading.finished();
    await operate(installation.access, ['settle']);
  }, LOADED_WITHIN_MS);

  it('ends each of them cleanly, within its limit, in the middle of the load', () => {
    expect(ends).toEqual(SERVICES.map((name) => [name, true, 0]));
  });

  it('gives the same figures as one without any end', () => expectFiguresOf(undisturbed, installation.access));

  it.each([
    { service: 'aggregator', group: 'aggregator.ledger', topic: dossierTopic.name },
    { service: 'payments', group: 'payments.intake', topic: intakeTopic.name },
    { service: 'digitization', group: 'digitization.intake', topic: intakeTopic.name },
  ] as const)('lets $group work on no record twice: what was done is committed, what was sent is noted', async ({ service, group, topic }) => {
    const ended = (outcome: string) => metricOf(installation.first(service), `kafka_consumer_records_total{topic="${topic}",group="${group}",outcome="${outcome}"}`);

    expect(await ended('applied')).toBeGreaterThan(0);
    expect(await ended('duplicate')).toBe(0);
  });
});

const headersOf = async (role: Role) => {
  const token = await issueLocalToken(readFileSync(undisturbed.secrets.signingKey, 'utf8'), { roles: [role], units: [ALL_UNITS], lifetime: '1h', subject: 'drain' });
  return { authorization: `Bearer ${token}` };
};

describeDrain(
  [
    {
      name: 'dossiers',
      request: async () => ({ method: 'POST', path: '/v1/national-sync', headers: await headersOf('source'), body: JSON.stringify(samplePushes()[0]) }),
    },
    {
      name: 'catalog',
      request: async () => {
        const [unit] = sampleReference().units;
        if (unit === undefined) throw new Error('the sample has no unit');
        const { code, ...content } = unit;
        return { method: 'PUT', path: `/v1/units/${code}`, headers: await headersOf('administrator'), body: JSON.stringify(content) };
      },
    },
    {
      name: 'payments',
      request: async () => ({
        method: 'POST', path: `/v1/dossiers/${samplePushes()[0]?.data[0]?.MaHoSo ?? ''}/assess-fee`,
        headers: { ...await headersOf('desk'), 'idempotency-key': 'drain-1' }, body: JSON.stringify({ fee: 'DRAIN', amount: 8_000 }),
      }),
    },
    {
      name: 'digitization',
      request: async () => ({
        method: 'POST', path: `/v1/dossiers/${samplePushes()[0]?.data[0]?.MaHoSo ?? ''}/digitise-component`,
        headers: { ...await headersOf('desk'), 'idempotency-key': 'drain-1' }, body: JSON.stringify({ component: 'DRAIN' }),
      }),
    },
    {
      name: 'feedback',
      request: async () => ({
        method: 'POST', path: `/v1/dossiers/${samplePushes()[0]?.data[0]?.MaHoSo ?? ''}/record-rating`,
        headers: { ...await headersOf('source'), 'idempotency-key': 'drain-1' }, body: JSON.stringify({ verdict: 4 }),
      }),
    },
    { name: 'aggregator' },
  ],
  () => ({
    kafka, mongo,
    urlOf: (name) => installation.first(name as ServiceName).url,
    terminate: (name, times) => installation.first(name as ServiceName).terminate(times),
    startAgain: (name) => installation.startAgain(name as ServiceName),
  }),
);
