import type { Instant, UnitCode } from '@index766/kernel';

import type { ClosingState } from './closing-check';

/** Port: what the log, the ledger and the sources say now about closing periods of a province. Rejects when broker or database is away. */
export interface ClosingWatch {
  stateOf(province: UnitCode, now: Instant): Promise<ClosingState>;
  /**
   * The earliest instant that anything happened at which became known since; undefined: nothing came. An edition whose
   * period ended before it cannot have become another one.
   */
  earliestSince(province: UnitCode, since: Instant): Promise<Instant | undefined>;
}
