import {
  divide, fractionOf, indicatorsOf, postalShareOf, ratingOf, sumOutcome, toDecimalNumber, toDecimalText, type GroupScore, type IndicatorScore,
  type Pair, type PointsSum, type SumOutcome,
} from '@index766/index-766';
import { formatInstant } from '@index766/kernel';

import type { UnitFigures } from '../score-queries';
import { askedJson } from './asked-json';

const SECONDS_PER_MINUTE = 60;

/** An indicator as JSON: missing, 0 and not applicable are told apart by `state`, never by a number. */
export interface IndicatorJson {
  readonly indicator: string;
  readonly state: 'scored' | 'shown' | 'missing' | 'not-applicable';
  /** Why there are no points; null where there are. */
  readonly reason: string | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** Half-up to 6 decimals; null is no 0. */
  readonly points: number | null;
  readonly max: number | null;
}

/** A group or the total as JSON: as of an indicator, `state` and `reason` say what a null is. */
export interface SumJson {
  readonly state: SumOutcome['state'];
  readonly reason: SumOutcome['reason'];
  /** Half-up to 6 decimals; null: no indicator of it has any. */
  readonly points: number | null;
  /** As it is shown and ranked: two decimals. */
  readonly shown: string | null;
  readonly attainable: number;
  readonly applicable: number;
  readonly completeness: number;
}

export function scoreJson(figures: UnitFigures) {
  const { unit, period, score, definition, measures } = figures;
  return {
    unit: unit.code,
    name: unit.name,
    level: unit.level,
    parent: unit.parent,
    start: formatInstant(period.start),
    end: formatInstant(period.end),
    ...askedJson(figures),
    ...sumJson(score.total),
    rating: ratingOf(definition, score, period),
    insufficient: score.insufficient,
    volume: score.volume,
    groups: score.groups.map((group) => groupJson(figures, group)),
    processingTime: processingTimeJson(measures.pairs['processing-time'], figures.dailyMinutes),
    counts: measures.counts,
    postalShare: postalShareOf(measures),
  };
}

/** 2.2 of each procedure, by its code (index-766.md §4). */
export function processingTimesJson({ measures, dailyMinutes }: UnitFigures) {
  return Object.entries(measures.processingTimeByProcedure)
    .map(([procedure, pair]) => ({ procedure, ...processingTimeJson(pair, dailyMinutes) }));
}

/** Working time from receipt to the end without pauses, in days of the unit's hours to 2 decimals; null if nothing ended. */
function processingTimeJson({ numerator, denominator }: Pair, dailyMinutes: number) {
  const meanDays = denominator === 0 ? null : divide(fractionOf(numerator, denominator), fractionOf(dailyMinutes * SECONDS_PER_MINUTE));
  return { dossiers: denominator, workingSeconds: numerator, meanDays: meanDays && toDecimalNumber(meanDays, 2) };
}

function groupJson(figures: UnitFigures, group: GroupScore) {
  const max = figures.definition.groups.find(({ id }) => id === group.group)?.max ?? null;
  return { group: group.group, max, ...sumJson(group), indicators: group.indicators.map((each) => indicatorJson(figures, each)) };
}

export function indicatorJson(figures: UnitFigures, score: IndicatorScore): IndicatorJson {
  const indicator = indicatorsOf(figures.definition).find(({ id }) => id === score.indicator);
  const measure = score.state === 'not-applicable' ? null : score.measure;
  return {
    indicator: score.indicator,
    state: score.state,
    reason: score.state === 'missing' || score.state === 'not-applicable' ? score.reason : null,
    numerator: measure?.numerator ?? null,
    denominator: measure?.denominator ?? null,
    points: score.state === 'scored' ? toDecimalNumber(score.points, 6) : null,
    max: indicator?.kind === 'scored' ? indicator.max : null,
  };
}

function sumJson(sum: PointsSum): SumJson {
  const { points, attainable, applicable, completeness } = sum;
  return {
    ...sumOutcome(sum),
    points: points && toDecimalNumber(points, 6),
    shown: points && toDecimalText(points, 2),
    attainable, applicable,
    completeness: toDecimalNumber(completeness, 6),
  };
}
