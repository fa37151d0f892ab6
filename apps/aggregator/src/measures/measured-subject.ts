import type { Instant, UnitCode } from '@index766/kernel';

/** What a keeper has to know of what it measures. */
export interface MeasuredSubject<View> {
  readonly idOf: (view: View) => string;
  /** Every unit that holds or held it. */
  readonly unitsOf: (view: View) => ReadonlySet<UnitCode>;
  /** Nothing is to be done about it any more: where it counts later, it is by what is known now, or by a fact out of turn. */
  readonly isOver: (view: View) => boolean;
  /** The next instant after T at which it counts otherwise though nothing new becomes known; null: never. */
  readonly wakeAt: (view: View, at: Instant) => Instant | null;
}
