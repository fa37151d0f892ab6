import { compareText, type Period, type UnitCode } from '@index766/kernel';
import type { IndexDefinition } from './definition';
import { roundHalfUp } from './fraction';
import { insufficiencies, type InsufficientReason, type PointsSum, type UnitScore } from './score';
import { isListed, type UnitLevel } from './unit-tree';

/** A unit that may be ranked. All candidates of one ranking have one level and one parent. */
export interface Candidate {
  readonly unit: UnitCode;
  readonly score: UnitScore;
  /** The unit's score of the period before, if there is one. */
  readonly before: UnitScore | null;
}

/** What is ranked: the total or one group, by its id. */
export type RankedBy = 'total' | { readonly group: string };

export type ApartReason = InsufficientReason | 'below-minimum-volume';

/** Against the period before; across definitions it is refused, not computed (index-766.md §5). */
export type Change =
  | { readonly state: 'computed'; readonly hundredths: bigint }
  | { readonly state: 'refused'; readonly reason: 'other-definition' | 'no-score-before' };

export interface RankedUnit {
  readonly unit: UnitCode;
  readonly rank: number;
  /** Points as shown, in hundredths: equal shown values share a rank. */
  readonly hundredths: bigint;
  readonly change: Change;
}

/** Neither first nor last: listed beside the ranking, each with the reasons. */
export interface UnitApart {
  readonly unit: UnitCode;
  /** Null: there is no figure, which is no 0. */
  readonly hundredths: bigint | null;
  readonly reasons: readonly ApartReason[];
}

export interface Ranking {
  readonly ranked: readonly RankedUnit[];
  readonly apart: readonly UnitApart[];
}

/**
 * Competition ranking ("1224") by points as shown, units in the order of their codes within a rank (index-766.md §5).
 * Completeness is that of what is ranked: a group's own for a group, so that a group with data can be ranked before the
 * others have any. Balancing and reserved units are left out altogether.
 */
export function rankUnits(
  definition: IndexDefinition, candidates: readonly Candidate[], by: RankedBy, period: Period,
): Ranking {
  const minimum = minimumVolume(definition, period);
  const listed = candidates.filter(({ score }) => isListed(score.level)).map((candidate) => {
    const sum = sumRanked(candidate.score, by);
    return { candidate, hundredths: hundredthsOf(sum), reasons: reasonsApart(definition, candidate, sum, minimum) };
  });
  const byCode = [...listed].sort((a, b) => compareText(a.candidate.unit, b.candidate.unit));
  const best = byCode.flatMap(({ candidate, hundredths, reasons }) => (hundredths === null || reasons.length > 0 ? [] : [{ candidate, hundredths }]))
    .sort((a, b) => (a.hundredths > b.hundredths ? -1 : a.hundredths < b.hundredths ? 1 : 0));
  return {
    ranked: best.map(({ candidate, hundredths }) => ({
      unit: candidate.unit, hundredths,
      rank: best.findIndex((entry) => entry.hundredths === hundredths) + 1,
      change: changeOf(candidate, by, hundredths),
    })),
    apart: byCode.filter(({ reasons }) => reasons.length > 0)
      .map(({ candidate, hundredths, reasons }) => ({ unit: candidate.unit, hundredths, reasons })),
  };
}

/** Units of the same level with a volume within ± 20 % of the unit's, the unit itself left out. */
export function peersOf(unit: UnitCode, units: readonly { unit: UnitCode; level: UnitLevel; volume: number }[]): readonly UnitCode[] {
  const self = units.find((other) => other.unit === unit);
  if (self === undefined) return [];
  return units
    .filter((other) => other.unit !== unit && other.level === self.level && 5 * Math.abs(other.volume - self.volume) <= self.volume)
    .map((other) => other.unit)
    .sort(compareText);
}

/** A run of days as long as a week or shorter is measured like a week. */
function minimumVolume(definition: IndexDefinition, period: Period): number {
  const days = period.lastDay - period.firstDay + 1;
  return days <= 7 ? definition.minimumVolume.week : definition.minimumVolume.longer;
}

function reasonsApart(
  definition: IndexDefinition, { score }: Candidate, sum: PointsSum, minimum: number,
): readonly ApartReason[] {
  const tooFew: readonly ApartReason[] = score.volume < minimum ? ['below-minimum-volume'] : [];
  const reasons = [...tooFew, ...insufficiencies(definition, score, sum.completeness)];
  return reasons.length === 0 && sum.points === null ? ['incomplete'] : reasons;
}

/** As they are shown: equal shown points share a rank. */
function hundredthsOf({ points }: PointsSum): bigint | null {
  return points === null ? null : roundHalfUp(points, 2);
}

function sumRanked(score: UnitScore, by: RankedBy): PointsSum {
  if (by === 'total') return score.total;
  const group = score.groups.find((candidate) => candidate.group === by.group);
  if (group === undefined) throw new RangeError('the group ranked by is one of the definition');
  return group;
}

function changeOf({ score, before }: Candidate, by: RankedBy, hundredths: bigint): Change {
  if (before === null) return { state: 'refused', reason: 'no-score-before' };
  if (before.definition !== score.definition) return { state: 'refused', reason: 'other-definition' };
  const earlier = hundredthsOf(sumRanked(before, by));
  return earlier === null ? { state: 'refused', reason: 'no-score-before' } : { state: 'computed', hundredths: hundredths - earlier };
}
