import { paymentTopic } from '@index766/contracts-payments';
import { intakeTopic } from '@index766/contracts-dossiers';
import { decodeWatermark } from '@index766/contracts-envelope';
import { databaseName, readTopic, until, type RawRecord } from '@index766/testing-integration';
import { intakeRecord, october } from './dossier-records';
import { PARTITIONS, RunningPayments } from './running-payments';

let payments: RunningPayments;
beforeAll(async () => {
  payments = await RunningPayments.start(databaseName(__filename), { WATERMARK_INTERVAL_MS: '1000' });
}, 120_000);
afterAll(() => payments.stop());

let count = 0;
const newCode = () => `H44.114-20261007-${String((count += 1)).padStart(4, '0')}`;
const typesOf = (records: readonly RawRecord[]) => records.map(({ headers }) => (headers['ce_type'] ?? '').replace(/^payments\.|\.v1$/g, ''));
const LATER = october('09 10:00');

describe('what pushes pass on', () => {
  it('leads to the facts that they state, once', async () => {
    const dossier = newCode();
    const passed = { sequence: 1, fees: [{ code: 'LP-01', amount: 8_000, kind: '1' }, { code: 'LP-02', amount: 500 }], paidOnline: 1 as const };
    await payments.dossiers.pass(dossier, passed, passed);
    const records = await payments.untilRecords(dossier, 3);
    expect(typesOf(records)).toEqual(['fee-assessed', 'fee-assessed', 'payment-succeeded']);
    expect(records.map(({ value }) => JSON.parse(String(value)) as unknown)).toEqual([
      { fee: 'LP-01', amount: 8_000, kind: '1', timeBasis: 'inferred' },
      { fee: 'LP-02', amount: 500, timeBasis: 'inferred' },
      { provider: 'national-sync', reference: 'national-portal', channel: 'national-portal', timeBasis: 'inferred' },
    ]);
    expect(records[0]?.headers).toMatchObject({ ce_time: '2026-10-05T01:30:00.000Z', ce_recordedtime: '2026-10-05T02:00:00.000Z', ce_sequence: '1' });
    expect((await payments.shown(dossier)).standing).toEqual({ feeOwed: 8_500, hasFinancialObligation: true, hasPaidOnline: true, onlinePaid: true });
  });

  it('corrects a fee by a later snapshot, and not by an earlier one that comes late', async () => {
    const dossier = newCode();
    await payments.dossiers.pass(dossier,
      { sequence: 1, latestAt: LATER, fees: [{ code: 'LP-01', amount: 9_000 }] },
      { sequence: 2, fees: [{ code: 'LP-01', amount: 8_000 }, { code: 'LP-02', amount: 500 }] },
      { sequence: 3, latestAt: LATER, status: 9, fees: [{ code: 'LP-01', amount: 10_000 }] });
    await payments.untilRecords(dossier, 3);
    expect((await payments.shown(dossier)).fees).toMatchObject([{ fee: 'LP-01', amount: 10_000 }, { fee: 'LP-02', amount: 500 }]);
  });

  it('counts above a gap, and fills the gap when the record comes', async () => {
    const dossier = newCode();
    await payments.dossiers.pass(dossier, { sequence: 3, fees: [{ code: 'LP-01', amount: 8_000 }] });
    await payments.untilRecords(dossier, 1);
    expect((await payments.shown(dossier)).missingIntakeRecords).toEqual([1, 2]);
    await payments.dossiers.pass(dossier, { sequence: 1 }, { sequence: 2, paidOnline: 2 });
    await payments.untilRecords(dossier, 2);
    expect((await payments.shown(dossier)).missingIntakeRecords).toEqual([]);
  });

  it('under one sequence with another content is dead-lettered, and changes nothing', async () => {
    const dossier = newCode();
    await payments.dossiers.pass(dossier, { sequence: 1, fees: [{ code: 'LP-01', amount: 8_000 }] });
    await payments.untilRecords(dossier, 1);
    await payments.dossiers.pass(dossier, { sequence: 1, fees: [{ code: 'LP-01', amount: 1 }] });
    await until(async () => (await readTopic(`${intakeTopic.name}.payments.intake.dlt`, { brokers: [payments.kafka.address] })).some(({ key }) => key === dossier), { what: 'the dead letter' });
    expect((await payments.shown(dossier)).fees).toMatchObject([{ amount: 8_000 }]);
  });

  it('does not correct what the desk assessed; the difference is shown', async () => {
    const dossier = newCode();
    await payments.known(dossier);
    await payments.post(`/v1/dossiers/${dossier}/assess-fee`, {
      token: await payments.tokenFor(['desk']), body: { fee: 'LP-01', amount: 5_000 }, headers: { 'Idempotency-Key': 'K' },
    });
    await payments.dossiers.pass(dossier, { sequence: 1, fees: [{ code: 'LP-01', amount: 8_000 }], paidOnline: 1 });
    await payments.untilRecords(dossier, 2);
    expect(await payments.shown(dossier)).toMatchObject({ fees: [{ amount: 5_000 }], conflicts: [{ fee: 'LP-01', amount: 8_000 }] });
  });
});

describe('the topic of payments', () => {
  it('has watermarks of this service in each partition', async () => {
    const marks = await until(async () => {
      const found = (await readTopic(paymentTopic.name, { brokers: [payments.kafka.address] })).filter(({ key }) => key === 'watermark');
      return new Set(found.map(({ partition }) => partition)).size === PARTITIONS && found;
    }, { what: 'watermarks', timeoutMs: 30_000 });
    const decoded = marks.map(({ key, headers, value }) => decodeWatermark({ key: Buffer.from(key), headers: { ...headers }, value }));
    expect(decoded.every((mark) => mark.ok && mark.value.producer === 'payments')).toBe(true);
  });
});

describe('after a restart', () => {
  it('in the middle of many records nothing is lost and nothing is there twice', async () => {
    const dossiers = Array.from({ length: 150 }, newCode);
    await payments.dossiers.send(intakeTopic, dossiers.map((dossier) => intakeRecord(dossier, { sequence: 1, fees: [{ code: 'LP-01', amount: 8_000 }], paidOnline: 1 })));
    await until(async () => (await payments.documents.db.collection('payments').countDocuments({ _id: { $in: dossiers as never[] } })) > 0, { what: 'the first of them' });
    await payments.stopMembers();
    await payments.dossiers.send(intakeTopic, dossiers.map((dossier) => intakeRecord(dossier, { sequence: 2, latestAt: LATER, fees: [{ code: 'LP-01', amount: 9_000 }] })));
    await payments.startMember();

    const expected = dossiers.flatMap((dossier) => [1, 2, 3].map((sequence) => `${dossier} ${sequence}`)).sort();
    const idsOf = (records: readonly RawRecord[]) => records.filter(({ key }) => dossiers.includes(key)).map(({ key, headers }) => `${key} ${headers['ce_sequence']}`);
    const ids = await until(async () => {
      const found = idsOf(await payments.records());
      return new Set(found).size >= expected.length && found;
    }, { what: 'all facts', timeoutMs: 30_000 });
    expect([...new Set(ids)].sort()).toEqual(expected);
  }, 120_000);

  it('with an empty database everything comes back from the topics, and nothing of it is said again', async () => {
    const contentOf = (records: readonly RawRecord[]) => records
      .map(({ key, headers, value }) => `${key} ${headers['ce_id']} ${headers['ce_recordedtime']} ${String(value)}`).sort();
    const first = 'H44.114-20261007-0001';
    const [before, shown] = [contentOf(await payments.records()), await payments.shown(first)];
    const documents = payments.documents.db.collection('payments');
    const stored = await documents.countDocuments();

    await payments.stopMembers();
    await payments.documents.db.dropDatabase();
    await payments.startMember();
    await until(async () => (await documents.countDocuments({ memory: { $not: /"restored"/ } })) === stored, { what: 'every fact to be explained', timeoutMs: 30_000 });
    await until(async () => (await documents.countDocuments({ outboxAt: { $exists: true } })) === 0, { what: 'the outbox to empty' });

    expect(before.length).toBeGreaterThan(400);
    expect(await payments.shown(first)).toEqual(shown);
    expect(contentOf(await payments.records())).toEqual(before);
  }, 120_000);
});
