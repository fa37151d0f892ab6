import { divide, fractionOf, multiply, ONE, smaller, ZERO, type Fraction } from './fraction';

/** What an indicator is worth when nothing fell due: no points at all, 0, or the full maximum (index-766.md §4). */
export type EmptyRule = 'null' | 'zero' | 'full';

/**
 * `max × min(1, numerator / denominator / target)`, exact; null where the denominator is 0 and the rule says so.
 * `numerator` and `denominator` are whole and not negative.
 */
export function points(
  max: number, numerator: number, denominator: number, target: Fraction = ONE, whenEmpty: EmptyRule = 'null',
): Fraction | null {
  if (denominator === 0) return pointsWhenEmpty(max, whenEmpty);
  const [reached, needed] = [numerator * Number(target.denominator), denominator * Number(target.numerator)];
  // Counts and targets are small: their products are exact numbers, which are reduced once instead of at every step.
  if (Number.isSafeInteger(max * reached) && Number.isSafeInteger(needed)) return reached >= needed ? fractionOf(max) : fractionOf(max * reached, needed);
  return multiply(fractionOf(max), smaller(ONE, divide(fractionOf(numerator, denominator), target)));
}

function pointsWhenEmpty(max: number, whenEmpty: EmptyRule): Fraction | null {
  switch (whenEmpty) {
    case 'null':
      return null;
    case 'zero':
      return ZERO;
    case 'full':
      return fractionOf(max);
  }
}
