import type { Instant } from '@index766/kernel';
import type { SampleProcedure } from './procedures';

/** Whether a dossier was in hand when the period began or was received in it: together they are the dossiers of 2.1. */
export type Origin = 'in-hand' | 'received';

export interface SampleSupplement {
  readonly id: string;
  readonly requestedAt: Instant;
  readonly completedAt: Instant | null;
  /** Stated at the completion; null: the pause moves the due date. */
  readonly newDueAt: Instant | null;
}

/** The end of a dossier as TrangThaiHoSo has it: withdrawn, stopped, done, or only the return of its result. */
export interface SampleEnd {
  readonly status: 7 | 8 | 9 | 10;
  readonly at: Instant;
}

/**
 * What happens to a dossier, to the second; the judge of 2.1 must come to `outcome`'s verdict from nothing but the
 * pushes made of it.
 */
export interface Timeline {
  readonly outcome: string;
  readonly procedure: SampleProcedure;
  readonly receivedAt: Instant;
  /** What NgayHenTra says: the instant meant. Null: not stated, the procedure's term decides. */
  readonly statedDueAt: Instant | null;
  /** The due instant in force in the end; null: undetermined. */
  readonly dueAt: Instant | null;
  readonly supplements: readonly SampleSupplement[];
  readonly end: SampleEnd | null;
  readonly feeAsked: boolean;
}
