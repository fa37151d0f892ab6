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
  const share = fractionOf(numerator, denominator);
  return multiply(fractionOf(max), smaller(ONE, target === ONE ? share : divide(share, target)));
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
