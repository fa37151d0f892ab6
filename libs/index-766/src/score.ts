import { fractionOf, add, compare, divide, ZERO, type Fraction } from './fraction';
import { indicatorsOf, type GroupDefinition, type IndexDefinition, type IndicatorDefinition } from './definition';
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

/** A sum of indicators: the points got, the maximum that could be got with what is known, and the whole maximum. */
export interface PointsSum {
  readonly points: Fraction;
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

/** The score of one unit from its rolled-up and counted measures. Max, clip and empty rules apply here, once (index-766.md §2–4). */
export function scoreOf(definition: IndexDefinition, measures: CountedMeasures, level: UnitLevel): UnitScore {
  const groups = definition.groups.map((group) => groupScore(group, measures, level));
  const total = sumOf(indicatorsOf(definition), groups.flatMap((group) => group.indicators));
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

function groupScore(group: GroupDefinition, measures: CountedMeasures, level: UnitLevel): GroupScore {
  const indicators = group.indicators.map((indicator) => ({
    indicator: indicator.id, ...outcomeOf(indicator, pairOf(measures, indicator.measure), level),
  }));
  return { group: group.id, indicators, ...sumOf(group.indicators, indicators) };
}

function outcomeOf(indicator: IndicatorDefinition, measure: Pair | null, level: UnitLevel): IndicatorOutcome {
  if (!appliesAt(indicator, level)) return { state: 'not-applicable', reason: 'level' };
  if (measure === null) return { state: 'missing', reason: 'not-supplied', measure };
  const { numerator, denominator } = measure;
  if (indicator.kind === 'shown') {
    return { state: 'shown', measure, ratio: denominator === 0 ? null : fractionOf(numerator, denominator) };
  }
  const scored = points(indicator.max, numerator, denominator, indicator.target, indicator.whenEmpty);
  if (scored === null) return { state: 'missing', reason: 'empty-denominator', measure };
  return { state: 'scored', measure, points: scored, hasData: denominator > 0 || indicator.whenEmpty === 'full' };
}

/** A balancing or reserved unit is scored like a commune: it is never shown, only its measures count. */
function appliesAt(indicator: IndicatorDefinition, level: UnitLevel): boolean {
  return indicator.levels.includes(level === 'BALANCE' || level === 'UNKNOWN' ? 'COMMUNE' : level);
}

function sumOf(definitions: readonly IndicatorDefinition[], scores: readonly IndicatorScore[]): PointsSum {
  let sum = ZERO;
  let [attainable, applicable, withData] = [0, 0, 0];
  definitions.forEach((definition, index) => {
    const score = scores[index];
    if (definition.kind === 'shown' || score === undefined || score.state === 'not-applicable') return;
    applicable += definition.max;
    if (score.state !== 'scored') return;
    sum = add(sum, score.points);
    attainable += definition.max;
    if (score.hasData) withData += definition.max;
  });
  const completeness = applicable === 0 ? ZERO : divide(fractionOf(withData), fractionOf(applicable));
  return { points: sum, attainable, applicable, completeness };
}

function leadingPair(definition: IndexDefinition, measures: CountedMeasures): Pair | null {
  const leading = indicatorsOf(definition).find(({ id }) => id === definition.leadingIndicator);
  return leading === undefined ? null : pairOf(measures, leading.measure);
}
