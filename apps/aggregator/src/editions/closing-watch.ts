import type { UnitTree } from '@index766/index-766';
import type { Instant, Period, UnitCode } from '@index766/kernel';

import type { ClosingState } from './closing-check';

/** Whose period it is, and the units of it: those of the tree that its edition sees (ADR 0153), wherever they stand today. */
export interface WatchedPeriod {
  readonly province: UnitCode;
  readonly period: Period;
  readonly tree: UnitTree;
}

/** Port: what the log, the ledger and the sources say now about closing a period. Rejects when broker or database is away. */
export interface ClosingWatch {
  stateOf(watched: WatchedPeriod, now: Instant): Promise<ClosingState>;
  /**
   * The earliest instant that anything happened at which became known since; undefined: nothing came. An edition whose
   * period ended before it cannot have become another one.
   */
  earliestSince(watched: WatchedPeriod, since: Instant): Promise<Instant | undefined>;
}
