import { intakeTopic } from '@index766/contracts-dossiers';
import { paymentTopic } from '@index766/contracts-payments';
import { databaseName, until } from '@index766/testing-integration';
import { describeRestore } from '@index766/testing-suites';
import { intakeRecord, october } from './dossier-records';
import { RunningPayments } from './running-payments';

const idOf = (number: number) => `H44.114-20261005-${String(number).padStart(4, '0')}`;
const BEHIND = 20;

/** The push of dossier `number` states three fees and a payment; a later one of a dossier before it corrects a fee. */
function recordsOf(number: number) {
  const fees = [1, 2, 3].map((fee) => ({ code: `LP-0${fee}`, amount: 1_000 * number + fee }));
  const came = intakeRecord(idOf(number), { sequence: 1, fees, paidOnline: 1 });
  if (number <= BEHIND) return [came];
  const corrected = { sequence: 2, latestAt: october('09 10:00'), recordedAt: october('09 11:00'), fees: [{ code: 'LP-01', amount: number }] };
  return [came, intakeRecord(idOf(number - BEHIND), corrected)];
}

describeRestore({
  name: 'payments',
  topics: [paymentTopic],
  // What pushes are compared with comes back a little later, from the topics of dossiers: intake.int and restored-facts.unit.
  collections: { payments: ({ facts, slot }) => ({ facts: sorted(JSON.parse(String(facts))), slot }) },
  open: async () => {
    const payments = await RunningPayments.open(databaseName(__filename), { WATERMARK_INTERVAL_MS: '1000' });
    const documents = payments.documents.db.collection<{ _id: string; memory: string }>('payments');
    return {
      kafka: payments.kafka,
      documents: payments.documents,
      startMember: (port) => payments.startMember(port),
      stopMembers: () => payments.stopMembers(),
      write: async (from, to) => {
        const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
        await payments.dossiers.send(intakeTopic, numbers.flatMap(recordsOf));
        const taken = { memory: /"intake":\{"1":"/ };
        const corrected = numbers.filter((number) => number > BEHIND).map((number) => idOf(number - BEHIND));
        await until(async () => (await documents.countDocuments({ _id: { $in: numbers.map(idOf) }, ...taken })) === numbers.length
          && (await documents.countDocuments({ _id: { $in: corrected }, memory: /"2":"/ })) === corrected.length, { what: 'the pushes to be taken', timeoutMs: 60_000 });
      },
      close: () => payments.stop(),
    };
  },
});

/** Bodies of facts come back from the topic with their fields in another order. */
function sorted(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part));
}
