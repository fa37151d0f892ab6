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

/** The same of the views of a unit that are measured again and again, in many periods, at many instants: made ready once. */
export interface MeasureViews<View, Piece = unknown, Joined = unknown> {
  /** Of a part of the views. Never undefined or null. */
  ready(views: Iterable<View>): Piece;
  /** Of all parts, made anew when one of them is. Never undefined or null. */
  join(pieces: readonly Piece[]): Joined;
  measures(joined: Joined, unit: UnitCode, period: Period, evaluatedAt: Instant): Measures;
}
