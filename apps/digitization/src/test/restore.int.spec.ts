import { documentTopic } from '@index766/contracts-digitization';
import { intakeTopic } from '@index766/contracts-dossiers';
import { databaseName, until } from '@index766/testing-integration';
import { describeRestore } from '@index766/testing-suites';
import { intakeRecord, october, type Passed } from './dossier-records';
import { RunningDigitization } from './running-digitization';

const idOf = (number: number) => `H44.114-20261005-${String(number).padStart(4, '0')}`;
const BEHIND = 20;
const AT_ONCE = 20;

/** Papers of dossier `number` come in: five facts. */
const RECEIVED: Passed = {
  sequence: 1,
  papers: { components: [{ code: 'TP-01', digitised: true, reused: 1 }, { code: 'TP-02', fromPersonalStore: true }], accountVerified: true, databases: ['CSDLQGDC'] },
};
/** The result of an earlier one is there, and one of its papers was not: two facts. */
const ENDED: Passed = {
  sequence: 2, status: 9, latestAt: october('12 16:00'), papers: { components: [{ code: 'TP-01', digitised: false }] }, results: [{ code: 'KQ-1', hasFile: true }],
};

/** Bodies of facts come back from the topic with their fields in another order. */
function sorted(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part));
}

describeRestore({
  name: 'digitization',
  topics: [documentTopic],
  // What pushes said comes back by reading them again, which begins when the service runs.
  collections: { documents: ({ facts, slot }) => ({ facts: sorted(JSON.parse(String(facts))), slot }) },
  open: async () => {
    const digitization = await RunningDigitization.open(databaseName(__filename), { WATERMARK_INTERVAL_MS: '1000' });
    return {
      kafka: digitization.kafka,
      documents: digitization.documents,
      startMember: (port) => digitization.startMember(port),
      stopMembers: () => digitization.stopMembers(),
      write: async (from, to) => {
        const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
        const passed = numbers.flatMap((number) => [
          { dossier: idOf(number), record: RECEIVED }, ...(number > BEHIND ? [{ dossier: idOf(number - BEHIND), record: ENDED }] : []),
        ]);
        await digitization.dossiers.send(intakeTopic, passed.map(({ dossier, record }) => intakeRecord(dossier, record)));
        await untilTaken(digitization, passed.map(({ dossier, record: { sequence } }) => [dossier, sequence] as const));
        const ended = passed.flatMap(({ dossier, record }) => (record === ENDED ? [dossier] : []));
        for (let start = 0; start < ended.length; start += AT_ONCE) {
          await Promise.all(ended.slice(start, start + AT_ONCE).map((dossier) => sign(digitization, dossier)));
        }
      },
      close: () => digitization.stop(),
    };
  },
});

async function untilTaken({ documents: { db } }: RunningDigitization, records: readonly (readonly [string, number])[]): Promise<void> {
  const documents = db.collection<{ _id: string; memory: string }>('documents');
  await until(async () => {
    const rows = await documents.find({ _id: { $in: records.map(([dossier]) => dossier) } }).toArray();
    const intakes = new Map(rows.map(({ _id, memory }) => [_id, (JSON.parse(memory) as { readonly intake: Readonly<Record<number, string>> }).intake]));
    return records.every(([dossier, sequence]) => intakes.get(dossier)?.[sequence] !== undefined);
  }, { what: 'the pushes to be taken', timeoutMs: 60_000 });
}

/** The desk signs the result that a push named. */
async function sign(digitization: RunningDigitization, dossier: string): Promise<void> {
  const response = await digitization.post(`/v1/dossiers/${dossier}/sign-result`, {
    token: await digitization.tokenFor(['desk']), body: { result: 'KQ-1', occurredAt: '2026-10-12T08:00:00.000Z' }, headers: { 'Idempotency-Key': 'sign' },
  });
  if (response.status !== 200) throw new Error(`sign-result was answered with ${response.status}: ${await response.text()}`);
}
