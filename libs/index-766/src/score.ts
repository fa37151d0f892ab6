import { compare, fractionOf, FractionSum, ZERO, type Fraction } from './fraction';
import type { IndexDefinition, IndicatorDefinition } from './definition';
import { pairOf, type CountedMeasures } from './counted-measures';
import { undeterminedOf, type Pair } from './measures';
import { points } from './points';
import type { UnitLevel } from './unit-tree';

/** Why there is no figure: nobody supplies the measure, or nothing fell due and the rule gives no points then. */
export type MissingReason = 'not-supplied' | 'empty-denominator';

/** Missing, 0 and not applicable are three different things (index-766.md §3). */
export type IndicatorOutcome =
  /** `hasData`: the denominator is above 0, or the rule for an empty one is "full". */
  | { readonly state: 'scored'; readonly measure: Pair; readonly points: Fraction; readonly hasData: boolean }
  /** `ratio` is null where the denominator is 0. */
  | { readonly state: 'shown'; readonly measure: Pair; readonly ratio: Fraction | null }
  | { readonly state: 'missing'; readonly reason: MissingReason; readonly measure: Pair | null }
  | { readonly state: 'not-applicable'; readonly reason: 'level' };

export type IndicatorScore = IndicatorOutcome & { readonly indicator: string };

/** Why a sum has no points: no indicator of it has any, or none of them applies at the level. */
export type MissingSumReason = 'no-figures' | 'level';

/** A sum of nothing is no 0, as a missing indicator is none (index-766.md §3). */
export type SumOutcome =
  | { readonly state: 'scored'; readonly reason: null }
  | { readonly state: 'missing'; readonly reason: 'no-figures' }
  | { readonly state: 'not-applicable'; readonly reason: 'level' };

/**
 * A sum of indicators: the points got, the maximum that could be got with what is known, and the whole maximum. Indicators without
 * points add nothing, whatever the others have: a sum has points as soon as one indicator has.
 */
export interface PointsSum {
  /** Null: `sumOutcome` says why. */
  readonly points: Fraction | null;
  /** Sum of the maxima of the indicators that have points. */
  readonly attainable: number;
  /** Sum of the maxima of the indicators that apply at the level. */
  readonly applicable: number;
  /** Share of the applicable maximum that has data; 0 where nothing applies. */
  readonly completeness: Fraction;
}

export interface GroupScore extends PointsSum {
  readonly group: string;
  readonly indicators: readonly IndicatorScore[];
}

export type InsufficientReason = 'no-leading-indicator' | 'incomplete' | 'too-many-undetermined';

export interface UnitScore {
  /** Id of the definition that made the figures. */
  readonly definition: string;
  readonly level: UnitLevel;
  readonly groups: readonly GroupScore[];
  readonly total: PointsSum;
  /** Denominator of the leading indicator: the dossiers of 2.1. */
  readonly volume: number;
  /** Those of them with neither a due date nor a term. */
  readonly undetermined: number;
  /** Empty: sufficient data for the total. */
  readonly insufficient: readonly InsufficientReason[];
}

/** What a sum is by its maxima: they say whether any indicator has points, and whether any applies. */
export function sumOutcome({ attainable, applicable }: Pick<PointsSum, 'attainable' | 'applicable'>): SumOutcome {
  if (attainable > 0) return { state: 'scored', reason: null };
  return applicable > 0 ? { state: 'missing', reason: 'no-figures' } : { state: 'not-applicable', reason: 'level' };
}

/** The score of one unit from its rolled-up and counted measures. Max, clip and empty rules apply here, once (index-766.md §2–4). */
export function scoreOf(definition: IndexDefinition, measures: CountedMeasures, level: UnitLevel): UnitScore {
  const all = new PointsTally();
  const groups = definition.groups.map((group): GroupScore => {
    const tally = new PointsTally();
    const indicators = group.indicators.map((indicator) => tally.count(indicator, scoreIndicator(indicator, measures, level)));
    all.countAll(tally);
    return { group: group.id, indicators, ...tally.sum() };
  });
  const total = all.sum();
  const volume = leadingPair(definition, measures)?.denominator ?? 0;
  const undetermined = undeterminedOf(measures);
  const insufficient = insufficiencies(definition, { volume, undetermined }, total.completeness);
  return { definition: definition.id, level, groups, total, volume, undetermined, insufficient };
}

/** Why a sum of that completeness is not enough to be ranked or rated; the total's own, or a group's. */
export function insufficiencies(
  definition: IndexDefinition, { volume, undetermined }: Pick<UnitScore, 'volume' | 'undetermined'>, completeness: Fraction,
): readonly InsufficientReason[] {
  const reasons: InsufficientReason[] = [];
  if (volume === 0) reasons.push('no-leading-indicator');
  if (compare(completeness, definition.completenessThreshold) < 0) reasons.push('incomplete');
  if (volume > 0 && compare(fractionOf(undetermined, volume), definition.undeterminedLimit) > 0) {
    reasons.push('too-many-undetermined');
  }
  return reasons;
}

function scoreIndicator(definition: IndicatorDefinition, measures: CountedMeasures, level: UnitLevel): IndicatorScore {
  const indicator = definition.id;
  if (!appliesAt(definition, level)) return { indicator, state: 'not-applicable', reason: 'level' };
  const measure = pairOf(measures, definition.measure);
  if (measure === null) return { indicator, state: 'missing', reason: 'not-supplied', measure };
  const { numerator, denominator } = measure;
  if (definition.kind === 'shown') {
    return { indicator, state: 'shown', measure, ratio: denominator === 0 ? null : fractionOf(numerator, denominator) };
  }
  const scored = points(definition.max, numerator, denominator, definition.target, definition.whenEmpty);
  if (scored === null) return { indicator, state: 'missing', reason: 'empty-denominator', measure };
  return { indicator, state: 'scored', measure, points: scored, hasData: denominator > 0 || definition.whenEmpty === 'full' };
}

/** A balancing or reserved unit is scored like a commune: it is never shown, only its measures count. */
function appliesAt(indicator: IndicatorDefinition, level: UnitLevel): boolean {
  return indicator.levels.includes(level === 'BALANCE' || level === 'UNKNOWN' ? 'COMMUNE' : level);
}

/** Adds up indicators or groups of them. Exact: the total is the same either way. */
class PointsTally {
  private readonly points = new FractionSum();
  private attainable = 0;
  private applicable = 0;
  private withData = 0;

  count(definition: IndicatorDefinition, score: IndicatorScore): IndicatorScore {
    if (definition.kind === 'shown' || score.state === 'not-applicable') return score;
    this.applicable += definition.max;
    if (score.state !== 'scored') return score;
    this.points.add(score.points);
    this.attainable += definition.max;
    if (score.hasData) this.withData += definition.max;
    return score;
  }

  countAll(other: PointsTally): void {
    this.points.addAll(other.points);
    this.attainable += other.attainable;
    this.applicable += other.applicable;
    this.withData += other.withData;
  }

  sum(): PointsSum {
    const { points, attainable, applicable, withData } = this;
    return { points: attainable === 0 ? null : points.value(), attainable, applicable, completeness: applicable === 0 ? ZERO : fractionOf(withData, applicable) };
  }
}

function leadingPair(definition: IndexDefinition, measures: CountedMeasures): Pair | null {
  for (const { indicators } of definition.groups) {
    const leading = indicators.find(({ id }) => id === definition.leadingIndicator);
    if (leading !== undefined) return pairOf(measures, leading.measure);
  }
  return null;
}
