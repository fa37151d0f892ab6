import fc from 'fast-check';
import type { Folded } from './batch-handler';
import { foldApart, foldTogether } from './fold-apart';

/** Collects numbers; a negative one is a bug. */
const collect = (document: readonly number[] | undefined, items: readonly number[]): Folded<readonly number[]> => {
  if (items.some((item) => item < 0)) throw new TypeError('negative');
  return { document: [...(document ?? []), ...items], outcomes: items.map(() => 'applied') };
};

describe('a fold that fails on some items of a key', () => {
  it('keeps all others in their order and answers for every item', () => {
    fc.assert(
      fc.property(fc.option(fc.array(fc.nat()), { nil: undefined }), fc.array(fc.integer({ min: -3, max: 20 }), { maxLength: 40 }), (before, items) => {
        const { document, results } = foldApart(collect, before, items);
        const good = items.filter((item) => item >= 0);
        expect(document ?? before ?? []).toEqual([...(before ?? []), ...good]);
        expect(results.map((result) => (typeof result === 'string' ? result : 'failed'))).toEqual(items.map((item) => (item < 0 ? 'failed' : 'applied')));
      }),
      { seed: 766, numRuns: 300 },
    );
  });

  it('costs few more folds for one bad item among many', () => {
    let folds = 0;
    const items = Array.from({ length: 512 }, (_, index) => (index === 300 ? -1 : index));
    foldApart((document: readonly number[] | undefined, some: readonly number[]) => {
      folds += 1;
      return collect(document, some);
    }, undefined, items);
    expect(folds).toBeLessThanOrEqual(1 + 2 * Math.log2(512));
  });

  it('has no document when nothing changed', () => {
    expect(foldApart(() => ({ document: undefined, outcomes: ['duplicate'] }), [1], [1])).toEqual({ document: undefined, results: ['duplicate'] });
  });

  it('takes a missing outcome for a bug', () => {
    expect(() => foldTogether(() => ({ document: undefined, outcomes: [] }), undefined, [1])).toThrow(RangeError);
  });
});
