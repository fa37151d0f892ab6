import type { Measures } from '@index766/index-766';
import type { Instant, Period, UnitCode } from '@index766/kernel';

/**
 * The measures of one unit itself, without those below it, over some of what it holds or held. Pure: the
 * same views, period, instant and reference give the same measures.
 */
export type MeasureUnit<View> = (
  views: Iterable<View>,
  unit: UnitCode,
  period: Period,
  evaluatedAt: Instant,
) => Measures;

/** The same of views that are given once and measured in many periods, at many instants. */
export type MeasuredViews = (unit: UnitCode, period: Period, evaluatedAt: Instant) => Measures;

/** Makes some views of one unit ready to be measured. */
export type PrepareViews<View> = (views: Iterable<View>) => MeasuredViews;
