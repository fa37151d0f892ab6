import { documentTopic } from '@index766/contracts-digitization';
import { intakeTopic } from '@index766/contracts-dossiers';
import { decodeWatermark } from '@index766/contracts-envelope';
import { databaseName, readTopic, until, type RawRecord } from '@index766/testing-integration';
import { intakeRecord, october } from './dossier-records';
import { PARTITIONS, RunningDigitization } from './running-digitization';

let digitization: RunningDigitization;
beforeAll(async () => {
  digitization = await RunningDigitization.start(databaseName(__filename), { WATERMARK_INTERVAL_MS: '1000' });
}, 120_000);
afterAll(() => digitization.stop());

let count = 0;
const newCode = () => `H44.114-20261007-${String((count += 1)).padStart(4, '0')}`;
const typesOf = (records: readonly RawRecord[]) => records.map(({ headers }) => (headers['ce_type'] ?? '').replace(/^digitization\.|\.v1$/g, ''));
const LATER = october('09 10:00');
const component = { code: 'TP-01', attachment: '4711', digitised: true };

describe('what pushes pass on', () => {
  it('leads to the facts that they state, once', async () => {
    const dossier = newCode();
    const passed = {
      sequence: 1, status: 9, papers: { components: [{ ...component, reused: 2 as const }, { code: 'TP-02', digitised: true, deleted: true }], accountVerified: true, databases: ['CSDLQGDC'] },
      results: [{ code: 'KQ-2026-01', hasFile: true }, { code: 'KQ-2026-02', hasFile: false }],
    };
    await digitization.dossiers.pass(dossier, passed, passed);
    const records = await digitization.untilRecords(dossier, 5);
    expect(typesOf(records)).toEqual(['component-digitised', 'component-reused', 'population-data-used', 'population-data-used', 'electronic-result-issued']);
    expect(records.map(({ value }) => JSON.parse(String(value)) as unknown)).toEqual([
      { component: 'TP-01', attachment: '4711', timeBasis: 'inferred' },
      { component: 'TP-01', attachment: '4711', timeBasis: 'inferred' },
      { by: 'verified-account', timeBasis: 'inferred' },
      { by: 'population-database', database: 'CSDLQGDC', timeBasis: 'inferred' },
      { result: 'KQ-2026-01', timeBasis: 'inferred' },
    ]);
    expect(records[0]?.headers).toMatchObject({ ce_time: '2026-10-05T01:30:00.000Z', ce_recordedtime: '2026-10-05T02:00:00.000Z', ce_sequence: '1' });
    expect(records[4]?.headers).toMatchObject({ ce_time: '2026-10-12T09:00:00.000Z', ce_recordedtime: '2026-10-05T02:00:00.000Z', ce_sequence: '5' });
  });

  it('is taken back by a later snapshot, and not by an earlier one that comes late', async () => {
    const dossier = newCode();
    await digitization.dossiers.pass(dossier,
      { sequence: 1, latestAt: LATER, papers: { components: [component] } },
      { sequence: 2, papers: { components: [{ ...component, digitised: false, fromPersonalStore: true }] } },
      { sequence: 3, latestAt: LATER, status: 9, papers: { components: [{ ...component, deleted: true }] } });
    expect(typesOf(await digitization.untilRecords(dossier, 4))).toEqual([
      'component-digitised', 'component-taken-from-personal-store', 'component-digitised', 'component-taken-from-personal-store',
    ]);
    expect(await digitization.shown(dossier)).toMatchObject({
      standing: { digitised: false, personalStore: false },
      components: [{ component: 'TP-01', attachment: '4711', digitisedAt: null, reusedAt: null, fromPersonalStoreAt: null }],
    });
  });

  it('counts above a gap, and fills the gap when the record comes', async () => {
    const dossier = newCode();
    await digitization.dossiers.pass(dossier, { sequence: 3, papers: { hasDigitisedComponents: true } });
    await digitization.untilRecords(dossier, 1);
    expect((await digitization.shown(dossier)).missingIntakeRecords).toEqual([1, 2]);
    await digitization.dossiers.pass(dossier, { sequence: 1 }, { sequence: 2, papers: { accountVerified: true } });
    await digitization.untilRecords(dossier, 2);
    expect((await digitization.shown(dossier)).missingIntakeRecords).toEqual([]);
  });

  it('under one sequence with another content is dead-lettered, and changes nothing', async () => {
    const dossier = newCode();
    await digitization.dossiers.pass(dossier, { sequence: 1, papers: { components: [component] } });
    await digitization.untilRecords(dossier, 1);
    await digitization.dossiers.pass(dossier, { sequence: 1, papers: { accountVerified: true } });
    await until(async () => (await readTopic(`${intakeTopic.name}.digitization.intake.dlt`, { brokers: digitization.brokers })).some(({ key }) => key === dossier), { what: 'the dead letter' });
    expect((await digitization.shown(dossier)).standing).toMatchObject({ digitised: true, populationData: false });
  });

  it('does not take back what the desk stated; the difference is shown', async () => {
    const dossier = newCode();
    await digitization.known(dossier);
    const stated = await digitization.post(`/v1/dossiers/${dossier}/digitise-component`, {
      token: await digitization.tokenFor(['desk']), body: { component: 'TP-01', attachment: '4711', occurredAt: '2026-10-06T03:00:00.000Z' }, headers: { 'Idempotency-Key': 'K' },
    });
    expect(stated.status).toBe(200);
    await digitization.dossiers.pass(dossier, { sequence: 1, papers: { components: [{ ...component, digitised: false }], accountVerified: true } });
    await digitization.untilRecords(dossier, 2);
    expect(await digitization.shown(dossier)).toMatchObject({
      standing: { digitised: true, populationData: true },
      denied: [{ kind: 'component-digitised', component: 'TP-01', attachment: '4711', statedAt: '2026-10-06T03:00:00.000Z' }],
    });
  });
});

describe('the topic of digitization', () => {
  it('has watermarks of this service in each partition', async () => {
    const marks = await until(async () => {
      const found = (await readTopic(documentTopic.name, { brokers: digitization.brokers })).filter(({ key }) => key === 'watermark');
      return new Set(found.map(({ partition }) => partition)).size === PARTITIONS && found;
    }, { what: 'watermarks', timeoutMs: 30_000 });
    const decoded = marks.map(({ key, headers, value }) => decodeWatermark({ key: Buffer.from(key), headers: { ...headers }, value }));
    expect(decoded.every((mark) => mark.ok && mark.value.producer === 'digitization')).toBe(true);
  });
});

describe('after a restart', () => {
  it('in the middle of many records nothing is lost and nothing is there twice', async () => {
    const dossiers = Array.from({ length: 150 }, newCode);
    await digitization.dossiers.send(intakeTopic, dossiers.map((dossier) => intakeRecord(dossier, { sequence: 1, papers: { components: [component], accountVerified: true } })));
    await until(async () => (await digitization.documents.db.collection<{ _id: string }>('documents').countDocuments({ _id: { $in: dossiers } })) > 0, { what: 'the first of them' });
    await digitization.stopMembers();
    await digitization.dossiers.send(intakeTopic, dossiers.map((dossier) => intakeRecord(dossier, { sequence: 2, latestAt: LATER, results: [{ code: 'KQ-1', hasFile: true }] })));
    await digitization.startMember();

    const expected = dossiers.flatMap((dossier) => [1, 2, 3].map((sequence) => `${dossier} ${sequence}`)).sort();
    const idsOf = (records: readonly RawRecord[]) => records.filter(({ key }) => dossiers.includes(key)).map(({ key, headers }) => `${key} ${headers['ce_sequence']}`);
    const ids = await until(async () => {
      const found = idsOf(await digitization.records());
      return new Set(found).size >= expected.length && found;
    }, { what: 'all facts', timeoutMs: 30_000 });
    expect([...new Set(ids)].sort()).toEqual(expected);
  }, 120_000);

  it('with an empty database everything comes back from the topics, what the desk stated too, and nothing is sent anew', async () => {
    const contentOf = (records: readonly RawRecord[]) => records.map(({ key, headers, value }) => `${key} ${headers['ce_id']} ${headers['ce_recordedtime']} ${String(value)}`).sort();
    const documents = digitization.documents.db.collection<{ _id: string; memory: string }>('documents');
    const memories = async () => (await documents.find({}).toArray()).map(({ _id, memory }) => [_id, JSON.parse(memory) as unknown]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    const [before, remembered] = [contentOf(await digitization.records()), await memories()];
    const codes = Array.from({ length: 5 }, (_, index) => `H44.114-20261007-${String(index + 1).padStart(4, '0')}`);
    const shown = await Promise.all(codes.map((code) => digitization.shown(code)));

    await digitization.stopMembers();
    await digitization.documents.db.dropDatabase();
    await digitization.startMember();
    await until(async () => JSON.stringify(await memories()) === JSON.stringify(remembered), { what: 'the words of pushes to come again', timeoutMs: 60_000 });
    await until(async () => (await documents.countDocuments({ outboxAt: { $exists: true } })) === 0, { what: 'the outbox to empty' });

    expect(await Promise.all(codes.map((code) => digitization.shown(code)))).toEqual(shown);
    expect(before.length).toBeGreaterThan(450);
    expect(contentOf(await digitization.records())).toEqual(before);
  }, 120_000);
});
