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

/**
 * The same of views that are measured again and again, in many periods, at many instants: made ready once by the piece, and measured
 * piece by piece into one.
 */
export interface MeasureViews<View, Ready = unknown> {
  /** Never undefined. */
  ready(views: Iterable<View>): Ready;
  measures(pieces: readonly Ready[], unit: UnitCode, period: Period, evaluatedAt: Instant): Measures;
}
