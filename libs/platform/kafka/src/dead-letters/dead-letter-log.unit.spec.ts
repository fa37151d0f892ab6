import fc from 'fast-check';
import { instantOf } from '@index766/kernel';
import { toDeadLetter } from './dead-letter';
import { DeadLetterLog, type LogRecord } from './dead-letter-log';
import { readResolution, toResolutionRecord, type Resolution } from './resolution';

const LETTERS = 'facts.group.dlt';

/** Records of a dead-letter topic at offsets 0, 1, 2, …: a number is a letter about that record, an object resolves an offset. */
type Entry = number | { readonly resolves: number; readonly outcome?: Resolution['outcome'] };

const letterAbout = (origin: number) => toDeadLetter('group', {
  record: { topic: 'facts', partition: 0, offset: String(origin), key: Buffer.from('k'), headers: { ce_id: `facts/k/${origin}` }, value: Buffer.from('four'), knownAfter: undefined },
  cause: 'bug', reason: 'CONSUMER.HANDLER_FAILED', detail: 'fold: TypeError',
}, 1_000);
const resolutionOf = ({ resolves, outcome = 'replayed' }: Exclude<Entry, number>) =>
  toResolutionRecord(LETTERS, { of: BigInt(resolves), outcome, reason: outcome === 'dropped' ? 'test data' : '', by: 'ops', at: instantOf(2_000) });

function read(entries: readonly Entry[], offsetOf = (index: number) => index): DeadLetterLog {
  const log = new DeadLetterLog(LETTERS);
  entries.forEach((entry, index) => log.take(recordAt(offsetOf(index), typeof entry === 'number' ? letterAbout(entry) : resolutionOf(entry))));
  return log;
}
const recordAt = (offset: number, { key, headers, value }: Omit<LogRecord, 'offset'>): LogRecord => ({ offset: String(offset), key, headers, value });
const openIn = (log: DeadLetterLog) => log.entries.filter(({ resolution }) => !resolution).map(({ offset }) => Number(offset));

describe('the letters of a dead-letter topic', () => {
  it('are open until a later record of the topic resolves them', () => {
    const log = read([10, 11, { resolves: 0, outcome: 'dropped' }]);
    expect(openIn(log)).toEqual([1]);
    expect(log.find(0n)).toMatchObject({ letter: { topic: 'facts', offset: '10' }, id: 'facts/k/10', valueBytes: 4, resolution: { outcome: 'dropped', reason: 'test data', by: 'ops', at: 2_000 } });
  });

  it('about the same record are copies of one, closed together', () => {
    expect(openIn(read([10, 10, 11, 10]))).toEqual([0, 2]);
    expect(read([10, 10, 11, 10]).find(3n)).toMatchObject({ offset: 0n, copies: [1n, 3n] });
    expect(openIn(read([10, 10, 11, 10, { resolves: 1 }]))).toEqual([2]);
  });

  it('about a record that fails once more after its resolution are open again', () => {
    expect(openIn(read([10, { resolves: 0 }, 10]))).toEqual([2]);
    expect(openIn(read([10, { resolves: 0 }, 10, { resolves: 0 }]))).toEqual([2]);
  });

  it('are not resolved by a record that names no letter, and the first resolution counts', () => {
    expect(openIn(read([10, { resolves: 1 }, { resolves: 77 }]))).toEqual([0]);
    expect(read([10, { resolves: 0, outcome: 'dropped' }, { resolves: 0 }]).find(0n)?.resolution?.outcome).toBe('dropped');
  });

  it('that nobody can read are open too: something was set aside', () => {
    const log = new DeadLetterLog(LETTERS);
    log.take(recordAt(5, { key: null, headers: { any: 'x' }, value: null }));
    expect(log.entries).toMatchObject([{ offset: 5n, letter: undefined, valueBytes: undefined, resolution: undefined }]);
  });

  it('cannot be resolved by what a producer wrote into its own record', () => {
    const { headers, ...letter } = letterAbout(11);
    const log = new DeadLetterLog(LETTERS);
    log.take(recordAt(0, letterAbout(10)));
    log.take(recordAt(1, { ...letter, headers: { ...headers, ...resolutionOf({ resolves: 0 }).headers } }));
    expect(openIn(log)).toEqual([0, 1]);
  });
});

describe('open letters, whatever was set aside and resolved in whatever order', () => {
  const entries = fc.array(fc.oneof<fc.Arbitrary<Entry>[]>(fc.nat(4), fc.nat(20).map((resolves) => ({ resolves }))), { maxLength: 20 });
  const runs = { seed: 766, numRuns: 300 };

  it('and resolved ones are all that was set aside, each once', () => {
    fc.assert(fc.property(entries, (all) => {
      const accounted = read(all).entries.flatMap(({ offset, copies }) => [offset, ...copies]).map(Number).sort((a, b) => a - b);
      expect(accounted).toEqual(all.flatMap((entry, index) => (typeof entry === 'number' ? [index] : [])));
    }), runs);
  });

  it('are at most one for each record: everything earlier about it is resolved', () => {
    fc.assert(fc.property(entries, (all) => {
      const log = read(all);
      for (const origin of [0, 1, 2, 3, 4]) {
        const about = log.entries.filter(({ letter }) => letter?.offset === String(origin));
        expect(about.slice(0, -1).every(({ resolution }) => resolution !== undefined)).toBe(true);
      }
    }), runs);
  });

  it('do not depend on what happens to other records', () => {
    fc.assert(fc.property(entries, fc.nat(4), (all, origin) => {
      const whole = read(all);
      const belongs = (entry: Entry) => (typeof entry === 'number' ? entry : Number(whole.find(BigInt(entry.resolves))?.letter?.offset ?? -1)) === origin;
      const kept = all.flatMap((entry, index) => (belongs(entry) ? [{ entry, index }] : []));
      const alone = read(kept.map(({ entry }) => entry), (index) => kept[index]?.index ?? 0);
      expect(openIn(alone)).toEqual(openIn(whole).filter((offset) => all[offset] === origin));
    }), runs);
  });

  it('are none after each was resolved, however often', () => {
    fc.assert(fc.property(entries, fc.integer({ min: 1, max: 3 }), (all, times) => {
      const resolutions = openIn(read(all)).flatMap((resolves) => Array.from({ length: times }, (): Entry => ({ resolves })));
      expect(openIn(read([...all, ...resolutions]))).toEqual([]);
    }), runs);
  });
});

describe('a resolution', () => {
  it('comes back from its record as it was', () => {
    const resolution: Resolution = { of: 7n, outcome: 'dropped', reason: 'gửi nhầm', by: 'lan', at: instantOf(5_000) };
    expect(readResolution(toResolutionRecord(LETTERS, resolution))).toEqual(resolution);
  });

  it.each([
    ['names no offset', { 'resolution-of': '-1' }], ['has no such outcome', { 'resolution-outcome': 'forgotten' }], ['has no instant', { 'resolution-at': 'soon' }],
  ])('is none if it %s', (_, broken) => {
    const { headers } = resolutionOf({ resolves: 1 });
    expect(readResolution({ headers: { ...headers, ...broken } })).toBeUndefined();
  });
});
