import type { CountedMeasures, MeasureName } from './counted-measures';
import { isDistinct } from './counted-measures';
import { indicatorsOf, type IndexDefinition, type ScoredIndicator } from './definition';
import { fractionOf, multiply, roundUp, subtract, type Fraction } from './fraction';
import { PETITION_MEASURES, type Pair } from './measures';
import type { IndicatorScore, UnitScore } from './score';

/** What the list behind an indicator is a list of; `reported`: a unit stated the figure, there is no list. */
export type CostKind = 'cases' | 'petitions' | 'procedures' | 'communes' | 'reported';

/** What one indicator costs a unit. */
export interface PointsLost {
  readonly indicator: string;
  readonly measure: MeasureName;
  readonly max: number;
  /** Maximum less points, exact; null: there are no points to lose, `state` says why. */
  readonly lost: Fraction | null;
  readonly state: IndicatorScore['state'];
  readonly kind: CostKind;
  /** How many entries the list behind it has: denominator less numerator, before a sum below 0 is taken for 0; none of a reported figure. */
  readonly items: number;
  /** How many of them have to be put right for the whole maximum; with a target below 1 not all. */
  readonly neededForMax: number;
}

/** "Why is our score 71.4?": what each scored indicator costs, in the order of the definition. */
export function explainScore(definition: IndexDefinition, measures: CountedMeasures, score: UnitScore): readonly PointsLost[] {
  const scores = new Map(score.groups.flatMap(({ indicators }) => indicators).map((each) => [each.indicator, each]));
  return indicatorsOf(definition).flatMap((indicator): readonly PointsLost[] => {
    const outcome = scores.get(indicator.id);
    return indicator.kind === 'shown' || outcome === undefined ? [] : [pointsLost(indicator, outcome, measures)];
  });
}

function pointsLost(indicator: ScoredIndicator, outcome: IndicatorScore, measures: CountedMeasures): PointsLost {
  const { id, measure, max, target } = indicator;
  const kind = kindOf(measure, measures);
  const { numerator, denominator } = outcome.state === 'scored' ? countedPair(measures, measure) : { numerator: 0, denominator: 0 };
  return {
    indicator: id, measure, max,
    lost: outcome.state === 'scored' ? subtract(fractionOf(max), outcome.points) : null,
    state: outcome.state,
    kind,
    items: kind === 'reported' ? 0 : denominator - numerator,
    neededForMax: Math.max(0, roundUp(multiply(target, fractionOf(denominator))) - numerator),
  };
}

function countedPair(measures: CountedMeasures, measure: MeasureName): Pair {
  return isDistinct(measure) ? measures.distinct[measure] ?? { numerator: 0, denominator: 0 } : measures.pairs[measure];
}

function kindOf(measure: MeasureName, { reportingUnits }: CountedMeasures): CostKind {
  if (measure === 'certified-copies-offered') return 'communes';
  if (isDistinct(measure)) return 'procedures';
  if ((PETITION_MEASURES as readonly string[]).includes(measure)) return 'petitions';
  return measure === 'dossiers-synchronised' && reportingUnits.length > 0 ? 'reported' : 'cases';
}
