import fc from 'fast-check';
import { CodeOrder, countInCommon, inCommon } from './code-order';
import { codesOf, sumByProcedure } from './measures';

const RUNS = { seed: 766, numRuns: 200 };
const code = fc.integer({ min: 0, max: 60 }).map((number) => `2.${number}`);
const list = fc.array(code, { maxLength: 40 }).map(codesOf);
const pairs = fc.array(fc.tuple(code, fc.nat(9)), { maxLength: 12 })
  .map((all) => Object.fromEntries(all.map(([each, numerator]) => [each, { numerator, denominator: numerator + 1 }])));

describe('an order of codes', () => {
  it('unites lists to what sorting all of their codes gives, also codes that it was made without', () => {
    fc.assert(fc.property(fc.array(list, { maxLength: 12 }), fc.array(list, { minLength: 1, maxLength: 6 }), (known, lists) => {
      const order = CodeOrder.of(known);
      const united = order.unite(lists);
      expect(united).toEqual(codesOf(lists.flat()));
      // What it made itself is known by its places.
      expect(CodeOrder.of([...known, ...lists]).unite([united, ...known])).toEqual(codesOf([...united, ...known.flat()]));
    }), RUNS);
  });

  it('sums by code to what summing without an order gives, few parts and many, also codes that it was made without', () => {
    fc.assert(fc.property(fc.array(list, { maxLength: 12 }), fc.array(pairs, { maxLength: 14 }), (known, parts) => {
      expect(Object.entries(CodeOrder.of(known).sum(parts))).toEqual(Object.entries(sumByProcedure(parts)));
      const all = CodeOrder.of([...known, ...parts.map((part) => Object.keys(part))]);
      expect(Object.entries(all.sum(parts))).toEqual(Object.entries(sumByProcedure(parts)));
    }), RUNS);
  });
});

describe('what two lists have in common', () => {
  it('is every code that is in both, in order, and counted alike by codes and by places', () => {
    fc.assert(fc.property(fc.array(list, { minLength: 2, maxLength: 4 }), fc.array(list, { minLength: 2, maxLength: 4 }), (some, others) => {
      const order = CodeOrder.of([...some, ...others]);
      const [first, second] = [order.unite(some), order.unite(others)];
      const expected = first.filter((each) => second.includes(each));
      expect(inCommon(first, second)).toEqual(expected);
      expect(countInCommon(first, second)).toBe(expected.length);
      expect(countInCommon([...first], second)).toBe(expected.length);
      expect(countInCommon(first, first)).toBe(first.length);
    }), RUNS);
  });
});
