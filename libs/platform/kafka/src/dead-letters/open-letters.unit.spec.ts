import { instantOf } from '@index766/kernel';
import type { IncomingRecord } from '../consume/incoming-record';
import type { ReadRequest } from '../read/topic-reader';
import { toDeadLetter } from './dead-letter';
import { OpenLetters } from './open-letters';
import { toResolutionRecord } from './resolution';

const LETTERS = 'facts.group.dlt';
const { signal } = new AbortController();

const letter = (origin: number) => toDeadLetter('group', {
  record: { topic: 'facts', partition: 0, offset: String(origin), key: null, headers: {}, value: null, knownAfter: undefined },
  cause: 'bug', reason: 'CONSUMER.HANDLER_FAILED', detail: '',
}, 1_000);
const resolution = (of: number) => toResolutionRecord(LETTERS, { of: BigInt(of), outcome: 'replayed', reason: '', by: 'ops', at: instantOf(2_000) });

/** A dead-letter topic in memory, and who counts what is open in it. */
function given() {
  const log: Omit<IncomingRecord, 'offset'>[] = [];
  const asked: (readonly [string, bigint])[] = [];
  let breaksAfter = Infinity;
  const read = async ({ topics, from }: ReadRequest, onRecords: (records: readonly IncomingRecord[]) => Promise<void>) => {
    const start = from?.(topics[0] ?? '', 0) ?? 0n;
    asked.push([topics.join(), start]);
    const records = log.map((record, offset) => ({ ...record, offset: String(offset) })).slice(Number(start), Number(start) + breaksAfter);
    await onRecords(records);
    if (breaksAfter !== Infinity) throw new Error('away');
    return [{ topic: LETTERS, partition: 0, offset: BigInt(log.length) }];
  };
  const letters = new OpenLetters({ reader: { read }, group: 'group', topics: ['facts', 'others'] });
  return {
    letters, asked, log,
    put: (...records: readonly ReturnType<typeof letter>[]) => { log.push(...records.map((record) => ({ ...record, partition: 0, key: null, value: null, knownAfter: undefined }))); },
    breakAfter: (records: number) => { breaksAfter = records; },
    look: async (start = 0n) => Object.fromEntries(await letters.look([{ topic: LETTERS, partition: 0, start, end: BigInt(log.length) }], signal)),
  };
}

describe('open letters of a group', () => {
  it('are counted by topic that it reads; of a dead-letter topic that does not exist nothing is said', async () => {
    const { letters, put, look } = given();
    put(letter(1), letter(2), resolution(0));
    expect(letters.letterTopics).toEqual([LETTERS, 'others.group.dlt']);
    expect(await look()).toEqual({ facts: 1 });
  });

  it('are 0 where nothing was ever set aside, and nothing is read', async () => {
    const { look, asked } = given();
    expect(await look()).toEqual({ facts: 0 });
    expect(asked).toEqual([]);
  });

  it('are read once: the next look reads what came since', async () => {
    const { put, look, asked } = given();
    put(letter(1));
    expect([await look(), await look()]).toEqual([{ facts: 1 }, { facts: 1 }]);
    put(resolution(0), letter(2), letter(3));
    expect(await look()).toEqual({ facts: 2 });
    expect(asked).toEqual([[LETTERS, 0n], [LETTERS, 1n]]);
  });

  it('are counted once when a look was broken off', async () => {
    const { put, look, breakAfter, asked } = given();
    put(letter(1), letter(2), letter(3));
    breakAfter(2);
    await expect(look()).rejects.toThrow('away');
    breakAfter(Infinity);
    expect(await look()).toEqual({ facts: 3 });
    expect(asked).toEqual([[LETTERS, 0n], [LETTERS, 2n]]);
  });

  it('are those of a topic that was made anew, and those alone that the broker keeps', async () => {
    const { put, look, log } = given();
    put(letter(1), letter(2), letter(3));
    expect(await look(1n)).toEqual({ facts: 2 });
    log.length = 0;
    put(letter(7));
    expect(await look()).toEqual({ facts: 1 });
  });
});
