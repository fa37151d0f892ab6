import fc from 'fast-check';
import { add, compare, divide, fractionOf, FractionSum, multiply, parseDecimal, roundHalfUp, subtract, toDecimalNumber, toDecimalText, ZERO, type Fraction } from './fraction';

const RUNS = { seed: 766, numRuns: 300 };
const fractions = fc.tuple(fc.bigInt({ min: -1_000_000_000n, max: 1_000_000_000n }), fc.bigInt({ min: 1n, max: 1_000_000_000n }))
  .map(([numerator, denominator]) => fractionOf(numerator, denominator));

describe('a fraction', () => {
  it('is reduced, with its sign above the line', () => {
    expect(fractionOf(6, -8)).toEqual({ numerator: -3n, denominator: 4n });
    expect(fractionOf(0, 5)).toEqual({ numerator: 0n, denominator: 1n });
  });

  it('has no denominator 0 and no broken parts', () => {
    expect(() => fractionOf(1, 0)).toThrow(RangeError);
    expect(() => fractionOf(1.5)).toThrow(RangeError);
    expect(() => divide(fractionOf(1), fractionOf(0))).toThrow(RangeError);
  });

  it.each([['0.80', 4n, 5n], ['1', 1n, 1n], ['0.025', 1n, 40n], ['-2.5', -5n, 2n]])('reads %s', (text, numerator, denominator) => {
    expect(parseDecimal(text)).toEqual({ numerator, denominator });
  });

  it.each(['', '.5', '1.', '1e3', 'NaN', '1,5', ' 1'])('does not read %p', (text) => expect(parseDecimal(text)).toBeUndefined());

  it('adds in any order and grouping to the same', () => {
    fc.assert(fc.property(fractions, fractions, fractions, (a, b, c) => {
      expect(add(add(a, b), c)).toEqual(add(b, add(c, a)));
      expect(subtract(add(a, b), b)).toEqual(a);
    }), RUNS);
  });

  it('divides back what it multiplied', () => {
    fc.assert(fc.property(fractions, fractions.filter(({ numerator }) => numerator !== 0n), (a, b) => {
      expect(divide(multiply(a, b), b)).toEqual(a);
      expect(compare(a, b)).toBe(-compare(b, a) + 0);
    }), RUNS);
  });
});

describe('a sum of many fractions', () => {
  const small = fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 60 })).map(([numerator, denominator]) => fractionOf(numerator, denominator));
  const huge = fc.tuple(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), fc.bigInt({ min: 1n, max: 2n ** 1100n }))
    .map(([numerator, denominator]) => fractionOf(numerator, denominator));
  const many = fc.array(fc.oneof({ weight: 8, arbitrary: small }, fractions, huge), { maxLength: 30 });
  const sumOf = (all: readonly Fraction[]): FractionSum => {
    const sum = new FractionSum();
    for (const each of all) sum.add(each);
    return sum;
  };

  it('is what adding one after the other gives, also where numbers are no longer exact', () => {
    fc.assert(fc.property(many, (all) => {
      expect(sumOf(all).value()).toEqual(all.reduce(add, ZERO));
    }), RUNS);
  });

  it('is the same of the sums of its parts', () => {
    fc.assert(fc.property(many, many, (some, others) => {
      const whole = sumOf(some);
      whole.addAll(sumOf(others));
      expect(whole.value()).toEqual(sumOf([...others, ...some]).value());
    }), RUNS);
  });
});

describe('rounding', () => {
  it.each([
    [fractionOf(2345, 1000), 2, '2.35'], [fractionOf(2344999, 1000000), 2, '2.34'], [fractionOf(-2345, 1000), 2, '-2.35'],
    [fractionOf(5, 1000), 2, '0.01'], [fractionOf(20), 2, '20.00'], [fractionOf(1, 3), 6, '0.333333'],
    [fractionOf(2, 3), 6, '0.666667'], [fractionOf(1, 2), 0, '1'], [fractionOf(-1, 1000), 2, '0.00'],
  ])('takes half a unit up: %p to %i decimals is %s', (value, places, text) => {
    expect(toDecimalText(value, places)).toBe(text);
    expect(toDecimalNumber(value, places)).toBe(Number(text));
  });

  it('is never further than half a unit from the value', () => {
    fc.assert(fc.property(fractions, fc.integer({ min: 0, max: 6 }), (value, places) => {
      const error = subtract(fractionOf(roundHalfUp(value, places), 10n ** BigInt(places)), value);
      const half = fractionOf(1n, 2n * 10n ** BigInt(places));
      expect(compare({ ...error, numerator: error.numerator < 0n ? -error.numerator : error.numerator }, half)).not.toBe(1);
    }), RUNS);
  });
});
