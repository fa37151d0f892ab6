import type { Period } from '@index766/kernel';
import type { IndexDefinition, Wording } from './definition';
import { roundHalfUp } from './fraction';
import type { UnitScore } from './score';

/** The word for a total, or why there is none: a week or some days are too short, or too little of the maximum has data. */
export type Rating =
  | { readonly state: 'rated'; readonly word: Wording }
  | { readonly state: 'missing'; readonly reason: 'period-too-short' | 'insufficient-data' };

/** A run of days is measured by its length, as where units are ranked: from the shortest month on it is as long as a month. */
const SHORTEST_MONTH_DAYS = 28;

/**
 * The rating word of a total by its value as shown, with 2 decimals, for months and longer (index-766.md §3). A total
 * with insufficient data has none: "Weak" would say that of the reporting, not of the unit.
 */
export function ratingOf(definition: IndexDefinition, score: UnitScore, period: Period): Rating {
  if (period.lastDay - period.firstDay + 1 < SHORTEST_MONTH_DAYS) return { state: 'missing', reason: 'period-too-short' };
  if (score.insufficient.length > 0) return { state: 'missing', reason: 'insufficient-data' };
  const { points } = score.total;
  if (points === null) return { state: 'missing', reason: 'insufficient-data' };
  const shown = roundHalfUp(points, 2);
  const rating = definition.ratings.find(({ atLeast }) => shown >= BigInt(atLeast) * 100n);
  if (rating === undefined) throw new Error('the ratings of a definition run down to 0');
  return { state: 'rated', word: rating.word };
}
