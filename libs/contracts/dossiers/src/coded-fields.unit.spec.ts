import { encodeRecord, envelopeOf, type DataOf } from '@index766/contracts-envelope';
import { instantOf } from '@index766/kernel';
import { MAX_SNAPSHOT_ELEMENTS, snapshotAcceptedV1 } from './snapshot-accepted/snapshot-accepted.v1';
import { dossierTopic, intakeTopic } from './topics';

const SENTENCE = 'Ông Ví Dụ, số 12 phố Mẫu, chưa nộp đủ giấy tờ';

/** Fields whose text is named by a person: what a unit calls its divisions. */
const NAMED_BY_PEOPLE = ['department'];

/** Every way of putting the sentence in place of one text of the example. */
function withSentence(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return [SENTENCE];
  if (Array.isArray(value)) {
    return value.flatMap((part, index) => withSentence(part).map((changed) => value.with(index, changed) as unknown));
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value)
    .filter(([field]) => !NAMED_BY_PEOPLE.includes(field))
    .flatMap(([field, part]) => withSentence(part).map((changed) => ({ ...value, [field]: changed })));
}

test.each([...dossierTopic.facts, ...intakeTopic.facts].map((fact) => [fact.type, fact] as const))(
  'no field of %s takes a sentence',
  (_type, fact) => {
    const accepted = withSentence(fact.example).filter((data) => fact.schema.safeParse(data).success);
    expect(accepted).toEqual([]);
  },
);

test('a snapshot with the longest lists and the longest codes still fits into a record', () => {
  const code = 'Đ'.repeat(64);
  const many = <T>(element: T): T[] => Array.from({ length: MAX_SNAPSHOT_ELEMENTS }, () => element);
  const at = { occurredAt: '2026-10-05T01:30:00.000Z', timeBasis: 'inferred' as const };
  const largest: DataOf<typeof snapshotAcceptedV1> = {
    payments: {
      ...at,
      fees: many({ code, kind: code, collection: code, amount: Number.MAX_SAFE_INTEGER }),
      paidOnline: 2,
    },
    documents: {
      ...at,
      components: many({
        code, attachment: code, digitised: false, reused: 2, fromPersonalStore: false, replacedResult: code, deleted: false,
      }),
      hasDigitisedComponents: false,
      accountVerified: false,
      databases: many(code),
    },
    results: { ...at, documents: many({ code, component: code, document: code, hasFile: false }) },
    status: 10,
    backfill: true,
  };
  const instant = instantOf(0);
  const envelope = envelopeOf(intakeTopic, {
    type: snapshotAcceptedV1.type, occurredAt: instant, recordedAt: instant, subject: 'G09.20-1', sequence: 1,
  });
  expect(encodeRecord(envelope, largest, snapshotAcceptedV1).value.length).toBeGreaterThan(32 * 1024);
  expect(snapshotAcceptedV1.schema.safeParse({ ...largest, payments: { ...at, fees: [...many({ code, amount: 1 }), { code, amount: 1 }] } }).success).toBe(false);
});
