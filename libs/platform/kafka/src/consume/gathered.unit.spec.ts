import { activeTraceparent, inTrace, keepTraceOverAwaits } from '@index766/platform-observability';
import fc from 'fast-check';
import { gathered } from './gathered';

/** Doubles numbers; every call is written down. */
function doubling(refusing: (asked: readonly number[]) => Error | undefined = () => undefined) {
  const calls: (readonly number[])[] = [];
  const ask = gathered<readonly number[], ReadonlyMap<number, number>>({
    call: (asked) => {
      calls.push(asked);
      const error = refusing(asked);
      return error === undefined ? Promise.resolve(new Map(asked.map((each) => [each, 2 * each]))) : Promise.reject(error);
    },
    sizeOf: (asked) => asked.length,
    join: (all) => (new Set(all.flat()).size === all.flat().length ? all.flat() : undefined),
  });
  return { ask, calls };
}

describe('calls of lanes in traces of their own', () => {
  const [one, other] = ['0', '1'].map((first) => `00-${first}af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01`);
  beforeAll(() => keepTraceOverAwaits());

  /** The trace that each call ran in. */
  const tracesOf = async (goTogether: boolean) => {
    const traces: (string | undefined)[] = [];
    const ask = gathered<readonly number[], number>({
      call: () => Promise.resolve(traces.push(activeTraceparent())), sizeOf: () => 1, join: (all) => (goTogether ? all.flat() : undefined),
    });
    await Promise.all([one, other].map((trace, at) => inTrace(trace, () => ask([at]))));
    return traces;
  };

  it('belong to no trace when they are one', async () => {
    expect(await tracesOf(true)).toEqual([undefined]);
  });

  it('belong each to its own when they are apart', async () => {
    expect(await tracesOf(false)).toEqual([one, other]);
  });
});

describe('calls of several lanes', () => {
  it('are one when they come together', async () => {
    const { ask, calls } = doubling();
    const answers = await Promise.all([ask([1, 2]), ask([3])]);
    expect(calls).toEqual([[1, 2, 3]]);
    expect(answers.map((answer) => answer.get(3))).toEqual([6, 6]);
  });

  it('are apart when one comes after the answer of the other', async () => {
    const { ask, calls } = doubling();
    await ask([1]);
    await ask([2]);
    expect(calls).toEqual([[1], [2]]);
  });

  it('do not wait for each other when one is large', async () => {
    const { ask, calls } = doubling();
    const large = Array.from({ length: 51 }, (_, index) => index + 100);
    await Promise.all([ask([1]), ask(large), ask([2])]);
    expect(calls).toEqual([large, [1, 2]]);
  });

  it('are apart when they do not go together', async () => {
    const { ask, calls } = doubling();
    await Promise.all([ask([1]), ask([1])]);
    expect(calls).toEqual([[1], [1]]);
  });

  it('fail alone by what they ask themselves', async () => {
    const { ask } = doubling((asked) => (asked.includes(13) ? new Error('thirteen') : undefined));
    const [one, other] = await Promise.allSettled([ask([1]), ask([13])]);
    expect(one).toMatchObject({ status: 'fulfilled', value: new Map([[1, 2]]) });
    expect(other).toMatchObject({ status: 'rejected', reason: new Error('thirteen') });
  });

  it('are all answered, whoever comes with whom', async () => {
    const lanes = fc.array(fc.uniqueArray(fc.nat({ max: 60 }), { maxLength: 8 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(lanes, async (asked) => {
        const { ask } = doubling((numbers) => (numbers.includes(13) ? new Error('thirteen') : undefined));
        const ends = await Promise.allSettled(asked.map((numbers) => ask(numbers)));
        expect(ends.map((end) => end.status === 'fulfilled')).toEqual(asked.map((numbers) => !numbers.includes(13)));
        const found = ends.flatMap((end, lane) => (end.status === 'fulfilled' ? (asked[lane] ?? []).map((number) => end.value.get(number)) : []));
        expect(found).toEqual(asked.filter((numbers) => !numbers.includes(13)).flat().map((number) => 2 * number));
      }),
      { seed: 766, numRuns: 200 },
    );
  });
});
