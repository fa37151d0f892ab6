import fc from 'fast-check';
import { JournalHandler, type Faults } from '../test/journal-handler';
import { ChunkWork, type ChunkPlace } from './chunk-work';
import { LaneBlocked } from './failure';
import type { IncomingRecord } from './incoming-record';

const record = (offset: number, key: string, value: string): IncomingRecord => ({
  topic: 'facts', partition: 3, offset: String(offset), key: Buffer.from(key), headers: {}, value: Buffer.from(value), knownAfter: undefined,
});
const facts = (...keys: readonly string[]) => keys.map((key, index) => record(index, key, `${index + 1}:fact`));

const AT_THE_END: ChunkPlace = { partition: 3, behind: 0, isOwed: false };

function given(faults: Faults = {}, saveRounds = 5) {
  const handler = new JournalHandler(['facts']);
  handler.faults = faults;
  const tries: unknown[] = [];
  const work = new ChunkWork(handler, {
    classify: undefined, triesPerBug: 3, saveRounds, askWithinMs: 1_000,
    pauseBeforeTry: (attempt) => Promise.resolve(void tries.push(attempt)),
  });
  const run = (records: readonly IncomingRecord[], place = AT_THE_END) => work.run(records, place);
  return { handler, work: { run }, tries };
}

describe('the work on a chunk', () => {
  it('ends every record as applied, duplicate, conflict, ignored or refused', async () => {
    const { work, handler } = given();
    const report = await work.run([
      record(0, 'a', '1:one'), record(1, 'a', '1:one'), record(2, 'a', '1:other'), record(3, 'b', '1:ignore me'), record(4, 'b', 'no fact'),
    ]);
    expect(report.ended.get('facts')).toEqual({ applied: 1, duplicates: 1, ignored: 1 });
    expect(report.poisons.map(({ record: { offset }, cause, reason }) => [offset, cause, reason])).toEqual([
      ['4', 'refused', 'CONTRACT.NOT_A_FACT'], ['2', 'conflict', 'CONSUMER.CONFLICT'],
    ]);
    expect(handler.store.textsOf('a')).toEqual(['one']);
  });

  it('asks the database once for all keys and saves once', async () => {
    const calls: string[] = [];
    const { work } = given({ load: (keys) => calls.push(`load ${keys.join()}`), save: (documents) => calls.push(`save ${[...documents.keys()].join()}`) });
    await work.run(facts('a', 'b', 'a', 'c'));
    expect(calls).toEqual(['load a,b,c', 'save a,b,c']);
  });

  it('tells the next stage of every key, repetitions included, with the document before and after', async () => {
    const { work, handler } = given();
    await work.run(facts('a'));
    await work.run(facts('a', 'b'));
    const [, second] = handler.batches;
    expect(second).toMatchObject({
      partition: 3,
      keys: [
        { key: 'a', items: [{ outcome: 'duplicate' }] },
        { key: 'b', before: undefined, items: [{ outcome: 'applied' }] },
      ],
    });
    expect(second?.keys[0]?.after).toBe(second?.keys[0]?.before);
  });

  it('folds what several topics tell of one key at once, and counts the records of each', async () => {
    const saves: string[][] = [];
    const { work, handler } = given({ save: (documents) => void saves.push([...documents.keys()]) });
    const told = (topic: string, key: string, value: string) => ({ ...record(0, key, value), topic });

    const report = await work.run([told('facts', 'a', '1:one'), told('fees', 'a', '1:fee'), told('fees', 'a', '1:fee'), told('fees', 'b', '1:ignore me')]);

    expect(saves).toEqual([['a']]);
    expect(handler.store.textsOf('a')).toEqual(['one', 'fee']);
    expect(report.ended).toEqual(new Map([
      ['facts', { applied: 1, duplicates: 0, ignored: 0 }], ['fees', { applied: 1, duplicates: 1, ignored: 1 }],
    ]));
  });

  it.each([[true, [0, 1]], [false, [1]]])('tells of the end of the log, whatever came of the last records, if that is owed (%s)', async (isOwed, told) => {
    const { work, handler } = given();
    await work.run([record(0, 'a', '1:ignore me')], { ...AT_THE_END, isOwed });
    await work.run(facts('a'), { ...AT_THE_END, isOwed });
    expect(handler.batches.map(({ keys }) => keys.length)).toEqual(told);
  });

  it('tells of the end of the log where it stands, also after watermarks alone', async () => {
    const { work, handler } = given();
    await work.run([], { partition: 3, behind: 0, isOwed: true });
    expect(handler.batches).toEqual([{ partition: 3, behind: 0, keys: [] }]);
  });

  it('blocks the lane rather than to leave the end of the log untold', async () => {
    const { work } = given({ after: () => { throw new TypeError('a bug'); } });
    await expect(work.run([], { ...AT_THE_END, isOwed: true })).rejects.toThrow(LaneBlocked);
  });

  it('folds exactly the documents again that somebody else wrote in between', async () => {
    const saves: string[][] = [];
    const { work, handler } = given({ save: (documents) => void saves.push([...documents.keys()]) });
    const { store } = handler;
    const load = handler.load.bind(handler);
    let loads = 0;
    handler.load = async (keys) => {
      const loaded = await load(keys);
      loads += 1;
      if (loads === 1) store.journals.set('b', { rev: 1, facts: [] });
      return loaded;
    };
    const report = await work.run(facts('a', 'b', 'c'));
    expect(saves).toEqual([['a', 'b', 'c'], ['b']]);
    expect([report.ended.get('facts')?.applied, report.poisons]).toEqual([3, []]);
  });

  it('gives up for now on a document that is lost again and again', async () => {
    const { work, handler } = given({}, 2);
    handler.save = (documents) => Promise.resolve([...documents.keys()]);
    await expect(work.run(facts('a'))).rejects.toMatchObject({ name: 'LaneBlocked', message: '1 documents are being written by others' });
  });

  it('blocks the lane for what is away without another try and without a dead letter', async () => {
    const { work, tries } = given({
      load: () => {
        throw Object.assign(new Error('secret'), { code: 'ECONNREFUSED' });
      },
    });
    await expect(work.run(facts('a'))).rejects.toMatchObject({ name: 'LaneBlocked', message: 'load: Error ECONNREFUSED' });
    expect(tries).toEqual([]);
  });

  it('blocks the lane for a call that does not end', async () => {
    const handler = new JournalHandler(['facts']);
    handler.load = () => new Promise(() => undefined);
    const work = new ChunkWork(handler, { classify: undefined, triesPerBug: 3, saveRounds: 5, askWithinMs: 5, pauseBeforeTry: () => Promise.resolve() });
    await expect(work.run(facts('a'), AT_THE_END)).rejects.toMatchObject({ name: 'LaneBlocked', message: 'load: TimeLimitExceeded' });
  });

  it('mends a bug that passes by trying again', async () => {
    let calls = 0;
    const { work, tries } = given({
      fold: () => {
        calls += 1;
        if (calls <= 2) throw new TypeError('not loaded yet');
      },
    });
    const { ended, poisons } = await work.run(facts('a', 'a'));
    expect([ended.get('facts')?.applied, poisons]).toEqual([2, []]);
    expect(tries).toEqual([1, 2]);
  });

  it('sets aside exactly the records that a bug in any step is about, whatever else is in the chunk', async () => {
    const bad = ({ text }: { readonly text: string }) => text === 'bad';
    const fail = (is: boolean) => {
      if (is) throw new TypeError('a bug');
    };
    const steps: readonly Faults[] = [
      { decode: ({ value }) => fail(value?.includes('bad') ?? false) },
      { fold: (some) => fail(some.some(bad)) },
      { save: (documents) => fail([...documents.values()].some((journal) => journal.facts.some(bad))) },
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...steps), fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), isBad: fc.boolean() }), { maxLength: 12 }), async (faults, sent) => {
        const { work, handler } = given(faults);
        const records = sent.map(({ key, isBad }, index) => record(index, key, `${index}:${isBad ? 'bad' : `good ${index}`}`));
        const { poisons } = await work.run(records);
        const expected = sent.flatMap(({ isBad }, index) => (isBad ? [String(index)] : []));
        expect(poisons.map(({ record: { offset } }) => offset).sort((a, b) => Number(a) - Number(b))).toEqual(expected);
        for (const key of ['a', 'b', 'c']) {
          expect(handler.store.textsOf(key)).toEqual(sent.flatMap((one, index) => (one.key === key && !one.isBad ? [`good ${index}`] : [])));
        }
        const told = new Set(handler.batches.flatMap(({ keys }) => keys.map(({ key }) => key)));
        expect(told).toEqual(new Set(sent.filter(({ isBad }) => !isBad).map(({ key }) => key)));
      }),
      { seed: 766, numRuns: 150 },
    );
  });

  it('keeps what was saved when a bug comes after it, and sets those records aside', async () => {
    const { work, handler } = given({
      after: ({ keys }) => {
        if (keys.some(({ key }) => key === 'b')) throw new TypeError('a bug');
      },
    });
    const { poisons } = await work.run(facts('a', 'b', 'c'));
    expect(poisons.map(({ record: { offset }, detail }) => [offset, detail])).toEqual([['1', 'after: TypeError']]);
    expect(handler.store.facts).toHaveLength(3);
    expect(handler.batches.flatMap(({ keys }) => keys.map(({ key }) => key))).toEqual(['a', 'c']);
  });
});
