import type { Instant } from '@index766/kernel';

/** How much the snapshot of a record knew: of two records the one that knew more counts, whichever came first. */
export interface IntakeRank {
  /** The latest instant that the snapshot states. */
  readonly latestAt: Instant;
  /** The portal's code; 0 where the source states none. */
  readonly status: number;
  /** Of the record: between snapshots that know equally much the later one corrects. */
  readonly sequence: number;
}

/** Negative: `a` knew less than `b`. */
export function compareIntakeRank(a: IntakeRank, b: IntakeRank): number {
  return a.latestAt - b.latestAt || a.status - b.status || a.sequence - b.sequence;
}
