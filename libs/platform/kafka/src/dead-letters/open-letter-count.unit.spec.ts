import fc from 'fast-check';
import { instantOf } from '@index766/kernel';
import { toDeadLetter } from './dead-letter';
import { DeadLetterLog, type LogRecord } from './dead-letter-log';
import { OpenLetterCount } from './open-letter-count';
import { toResolutionRecord } from './resolution';

const LETTERS = 'facts.group.dlt';

/** A number is a letter about that record, an object resolves an offset, null is a record that says nothing of itself. */
type Entry = number | { readonly resolves: number } | null;

function recordOf(entry: Entry): Omit<LogRecord, 'offset'> {
  if (entry === null) return { key: null, headers: {}, value: null };
  if (typeof entry === 'object') return toResolutionRecord(LETTERS, { of: BigInt(entry.resolves), outcome: 'dropped', reason: 'test data', by: 'ops', at: instantOf(2_000) });
  return toDeadLetter('group', {
    record: { topic: 'facts', partition: 0, offset: String(entry), key: Buffer.from('k'), headers: {}, value: null, knownAfter: undefined },
    cause: 'bug', reason: 'CONSUMER.HANDLER_FAILED', detail: 'fold: TypeError',
  }, 1_000);
}

function given(entries: readonly Entry[]) {
  const [count, log] = [new OpenLetterCount(), new DeadLetterLog(LETTERS)];
  entries.forEach((entry, offset) => {
    const record = { offset: String(offset), ...recordOf(entry) };
    count.take(record);
    log.take(record);
  });
  return { count, open: log.entries.filter(({ resolution }) => !resolution) };
}

describe('the number of open letters', () => {
  it.each<{ of: string; entries: readonly Entry[]; letters: number }>([
    { of: 'records that were set aside once each', entries: [10, 11, null], letters: 3 },
    { of: 'one that was set aside twice', entries: [10, 10], letters: 1 },
    { of: 'one that was resolved, with its copy', entries: [10, 10, { resolves: 0 }], letters: 0 },
    { of: 'one that failed again after its replay', entries: [10, { resolves: 0 }, 10, { resolves: 0 }], letters: 1 },
  ])('of $of is $letters', ({ entries, letters }) => {
    expect(given(entries).count.letters).toBe(letters);
  });

  it('is what operators are shown, whatever was set aside and resolved in whatever order', () => {
    const entry = fc.oneof<fc.Arbitrary<Entry>[]>(fc.nat(4), fc.nat(20).map((resolves) => ({ resolves })), fc.constant(null));
    fc.assert(fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
      const { count, open } = given(entries);
      expect(count.letters).toBe(open.length);
    }), { seed: 766, numRuns: 500 });
  });

  it('has not those that the broker does not keep any more', () => {
    const { count } = given([10, 11, 12, { resolves: 1 }]);
    count.forgetBefore(1n);
    expect(count.letters).toBe(1);
  });
});
