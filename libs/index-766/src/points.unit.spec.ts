import fc from 'fast-check';
import { compare, fractionOf, ONE, parseDecimal, toDecimalText } from './fraction';
import { points, type EmptyRule } from './points';

const shown = (max: number, numerator: number, denominator: number, target = '1') => {
  const value = points(max, numerator, denominator, parseDecimal(target));
  return value === null ? null : toDecimalText(value, 2);
};

describe('points', () => {
  it.each([
    [20, 144625, 184513, '1', '15.68'], [2, 52, 56, '0.80', '2.00'], [6, 150956, 152595, '0.50', '6.00'],
    [6, 144574, 184513, '0.90', '5.22'], [2, 93, 310, '0.80', '0.75'], [6, 0, 7, '1', '0.00'], [6, 9, 7, '1', '6.00'],
  ])('of at most %i for %i of %i against a target of %s are %s', (max, numerator, denominator, target, expected) => {
    expect(shown(max, numerator, denominator, target)).toBe(expected);
  });

  it.each<[EmptyRule, ReturnType<typeof points>]>([['null', null], ['zero', fractionOf(0)], ['full', fractionOf(6)]])(
    'with nothing to count follow the rule %s',
    (rule, expected) => expect(points(6, 0, 0, ONE, rule)).toEqual(expected),
  );

  it.each([[6, 1, '1'], [6, 2, '0.80'], [20, 7, '0.50'], [2, 9, '0.90']])('of at most %i are the same of counts so large that numbers are not exact: %i tenths against %s', (max, tenths, target) => {
    const large = Math.floor(Number.MAX_SAFE_INTEGER / 10);
    expect(points(max, tenths * large, 10 * large, parseDecimal(target))).toEqual(points(max, tenths, 10, parseDecimal(target)));
  });

  it('never fall when the numerator rises, and never leave 0 to max', () => {
    const counts = fc.tuple(fc.nat(100_000), fc.nat(100_000), fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 100 }));
    fc.assert(fc.property(counts, ([numerator, more, denominator, percent]) => {
      const target = fractionOf(percent, 100);
      const lower = points(20, numerator, denominator, target) ?? ONE;
      const higher = points(20, numerator + more, denominator, target) ?? ONE;
      expect(compare(lower, higher)).not.toBe(1);
      expect(compare(higher, fractionOf(20))).not.toBe(1);
      expect(compare(fractionOf(0), lower)).not.toBe(1);
    }), { seed: 766, numRuns: 300 });
  });
});
