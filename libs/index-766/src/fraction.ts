/**
 * An exact fraction: reduced, with a denominator above 0. Points are computed with these and rounded once, when they
 * are shown: a sum of floats would depend on its order (index-766.md §3).
 */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Up to it a number is exact. */
const LARGEST_NUMBER = BigInt(Number.MAX_SAFE_INTEGER);
const DECIMAL_TEXT = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Throws on a denominator of 0 or a number that is not whole: what an empty denominator means is the rule's to say. */
export function fractionOf(numerator: bigint | number, denominator: bigint | number = 1n): Fraction {
  if (isExact(numerator) && isExact(denominator) && denominator > 0) return fractionOfNumbers(numerator, denominator);
  const over = BigInt(denominator);
  if (over === 0n) throw new RangeError('a fraction has no denominator 0');
  const sign = over < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(BigInt(numerator), over);
  return { numerator: (sign * BigInt(numerator)) / divisor, denominator: (sign * over) / divisor };
}

export const ZERO: Fraction = fractionOf(0);
export const ONE: Fraction = fractionOf(1);

/** Reads `0.80` as 4/5. Undefined for anything that is not digits with at most one point. */
export function parseDecimal(text: string): Fraction | undefined {
  const match = DECIMAL_TEXT.exec(text);
  if (!match) return undefined;
  const [, sign = '', whole = '0', decimals = ''] = match;
  return fractionOf(BigInt(`${sign}${whole}${decimals}`), 10n ** BigInt(decimals.length));
}

export function add(a: Fraction, b: Fraction): Fraction {
  if (a.numerator === 0n) return b;
  if (b.numerator === 0n) return a;
  if (a.denominator === b.denominator) return fractionOf(a.numerator + b.numerator, a.denominator);
  return fractionOf(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

/**
 * A sum of many: exact as `add` is, and many times as fast where fractions are small. It stays in numbers while they are exact, and is
 * reduced once, when it is asked for.
 */
export class FractionSum {
  private numerator = 0;
  private denominator = 1;
  /** Of what would have made the numbers inexact. */
  private others = ZERO;

  add(fraction: Fraction): void {
    const isAdded = this.addNumbers(Number(fraction.numerator), Number(fraction.denominator));
    if (!isAdded) this.others = add(this.others, fraction);
  }

  addAll({ numerator, denominator, others }: FractionSum): void {
    if (!this.addNumbers(numerator, denominator)) this.others = add(this.others, fractionOf(numerator, denominator));
    this.others = add(this.others, others);
  }

  value(): Fraction {
    return add(this.others, fractionOf(this.numerator, this.denominator));
  }

  /** False: a number on the way would not be exact. */
  private addNumbers(numerator: number, denominator: number): boolean {
    if (!isExact(numerator) || !isExact(denominator)) return false;
    const shared = greatestCommonNumber(this.denominator, denominator);
    const [first, second] = [this.numerator * (denominator / shared), numerator * (this.denominator / shared)];
    const [sum, over] = [first + second, (this.denominator / shared) * denominator];
    if (!isExact(first) || !isExact(second) || !isExact(sum) || !isExact(over)) return false;
    this.numerator = sum;
    this.denominator = over;
    return true;
  }
}

export function subtract(a: Fraction, b: Fraction): Fraction {
  return add(a, { numerator: -b.numerator, denominator: b.denominator });
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return fractionOf(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function divide(a: Fraction, b: Fraction): Fraction {
  return fractionOf(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Below, at or above 0 as `a` is below, equal to or above `b`. */
export function compare(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function smaller(a: Fraction, b: Fraction): Fraction {
  return compare(a, b) <= 0 ? a : b;
}

/**
 * The fraction in units of 10^-places, half a unit rounded up in size (2.345 → 235, -2.345 → -235). Whole, so that two
 * figures that are shown alike are equal.
 */
export function roundHalfUp(value: Fraction, places: number): bigint {
  const scaled = value.numerator * 10n ** BigInt(places);
  const size = scaled < 0n ? -scaled : scaled;
  const rounded = (2n * size + value.denominator) / (2n * value.denominator);
  return scaled < 0n ? -rounded : rounded;
}

/** The least whole number that is not below a fraction that is not negative. */
export function roundUp({ numerator, denominator }: Fraction): number {
  return Number((numerator + denominator - 1n) / denominator);
}

/** `15.68`: the text that is shown, always with that many decimals. */
export function toDecimalText(value: Fraction, places: number): string {
  const rounded = roundHalfUp(value, places);
  const digits = (rounded < 0n ? -rounded : rounded).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const text = places === 0 ? digits : `${whole}.${digits.slice(-places)}`;
  return rounded < 0n ? `-${text}` : text;
}

/** The rounded value as a number: what goes into JSON (6 decimals) or a chart (2). */
export function toDecimalNumber(value: Fraction, places: number): number {
  return Number(toDecimalText(value, places));
}

function isExact(part: bigint | number): part is number {
  return Number.isSafeInteger(part);
}

/** Most fractions are made of counts, and numbers are many times as fast as bigints. */
function fractionOfNumbers(numerator: number, denominator: number): Fraction {
  const divisor = greatestCommonNumber(Math.abs(numerator), denominator);
  return { numerator: BigInt(numerator / divisor), denominator: BigInt(denominator / divisor) };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let larger = a < 0n ? -a : a;
  let rest = b < 0n ? -b : b;
  while (rest > LARGEST_NUMBER) {
    const next = larger % rest;
    larger = rest;
    rest = next;
  }
  return rest === 0n ? larger : BigInt(greatestCommonNumber(Number(rest), Number(larger % rest)));
}

function greatestCommonNumber(a: number, b: number): number {
  let larger = a;
  let rest = b;
  while (rest !== 0) {
    const next = larger % rest;
    larger = rest;
    rest = next;
  }
  return larger;
}
