import fc from 'fast-check';
import { codesOf, countInCommon, inCommon, sumByProcedure, uniteCodes } from './code-order';

const RUNS = { seed: 766, numRuns: 200 };
/** Codes of other runs are known already or not: `first` makes some new in every run. */
const codesFrom = (first: number) => fc.integer({ min: first, max: first + 60 }).map((number) => `2.${number}`);
const listsFrom = (first: number, size: { readonly minLength?: number; readonly maxLength: number }) =>
  fc.array(fc.array(codesFrom(first), { maxLength: 40 }).map(codesOf), size);
const anywhere = fc.nat(1_000_000);

describe('lists of codes', () => {
  it('are united to what sorting all of their codes gives, few lists and many, of codes known and not known before', () => {
    fc.assert(fc.property(anywhere.chain((first) => listsFrom(first, { minLength: 1, maxLength: 14 })), (lists) => {
      const expected = [...new Set(lists.flat())].sort();
      expect(uniteCodes(lists)).toEqual(expected);
      // What was united is known by its places.
      expect(uniteCodes([uniteCodes(lists), ...lists])).toEqual(expected);
    }), RUNS);
  });

  it('are united alike before and after others were', () => {
    fc.assert(fc.property(anywhere.chain((first) => listsFrom(first, { minLength: 8, maxLength: 14 })), anywhere.chain((first) => listsFrom(first, { minLength: 8, maxLength: 9 })), (lists, others) => {
      const before = uniteCodes(lists);
      uniteCodes(others);
      expect(uniteCodes(lists)).toEqual(before);
    }), RUNS);
  });
});

describe('codes that are sent once and never again', () => {
  it('are forgotten: what was united before is united alike however many there were', () => {
    const lists = Array.from({ length: 9 }, (_, list) => Array.from({ length: 20 }, (_code, number) => `3.${String(list + number).padStart(3, '0')}`));
    const before = uniteCodes(lists);
    for (let round = 0; round < 5; round += 1) {
      const sent = Array.from({ length: 8 }, (_, list) => Array.from({ length: 900 }, (_code, number) => `9.${round}.${list}.${String(number).padStart(3, '0')}`));
      expect(uniteCodes(sent)).toEqual(sent.flat());
      expect(uniteCodes([before, ...lists])).toEqual(before);
      expect(countInCommon(uniteCodes(lists), before)).toBe(before.length);
    }
  });
});

describe('pairs by procedure', () => {
  const pairsFrom = (first: number) => fc.array(fc.tuple(codesFrom(first), fc.nat(9)), { maxLength: 12 })
    .map((all) => Object.fromEntries(all.map(([each, numerator]) => [each, { numerator, denominator: numerator + 1 }])));

  it('add up by code, in the order of codes, few parts and many, of codes known and not known before', () => {
    fc.assert(fc.property(anywhere.chain((first) => fc.array(pairsFrom(first), { maxLength: 14 })), (parts) => {
      const sums = codesOf(parts.flatMap((part) => Object.keys(part))).map((code) => [code, {
        numerator: parts.reduce((sum, part) => sum + (part[code]?.numerator ?? 0), 0),
        denominator: parts.reduce((sum, part) => sum + (part[code]?.denominator ?? 0), 0),
      }]);
      expect(Object.entries(sumByProcedure(parts))).toEqual(sums);
    }), RUNS);
  });
});

describe('what two lists have in common', () => {
  it('is every code that is in both, in order, and counted alike by codes and by places', () => {
    const two = anywhere.chain((first) => fc.tuple(listsFrom(first, { minLength: 8, maxLength: 10 }), listsFrom(first, { minLength: 8, maxLength: 10 })));
    fc.assert(fc.property(two, ([some, others]) => {
      const [first, second] = [uniteCodes(some), uniteCodes(others)];
      const expected = first.filter((each) => second.includes(each));
      expect(inCommon(first, second)).toEqual(expected);
      expect(countInCommon(first, second)).toBe(expected.length);
      expect(countInCommon([...first], second)).toBe(expected.length);
      expect(countInCommon(first, first)).toBe(first.length);
    }), RUNS);
  });
});
