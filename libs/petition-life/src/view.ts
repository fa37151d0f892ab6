import type { Instant, PetitionId, UnitCode } from '@index766/kernel';
import type { PetitionAbout, PetitionClass } from './facts';

/** Who had the petition from when on. */
export interface PetitionHolder {
  readonly unit: UnitCode;
  readonly from: Instant;
}

/** The wait for what a petitioner was asked to add. */
export interface SupplementWait {
  readonly from: Instant;
  readonly to: Instant | null;
}

/** The petitioner's word on the answer, from when on. */
export interface AnswerRating {
  readonly from: Instant;
  readonly satisfied: boolean;
}

/** A later petition about the answer, and the span in which it was known to be about it. */
export interface Repetition {
  readonly by: PetitionId;
  readonly from: Instant;
  readonly to: Instant | null;
}

/**
 * What the facts known so far say about one petition, as a timeline: any figure at any instant is read from it, and the
 * due instants with a working calendar. Plain data, the same for every order in which the facts arrived.
 */
export interface PetitionView {
  /** Null: its receipt is not known (yet); counted nowhere. */
  readonly receivedAt: Instant | null;
  readonly class: PetitionClass | null;
  /** The unit that received it, then each holder since, in order; empty until it was received. */
  readonly holders: readonly PetitionHolder[];
  /** In order; no two of them overlap. */
  readonly supplements: readonly SupplementWait[];
  readonly refusedAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly publishedAt: Instant | null;
  /** In order; the last one counts. */
  readonly answerRatings: readonly AnswerRating[];
  /** By the later petition, then start. */
  readonly repetitions: readonly Repetition[];
  /** As it was said last. */
  readonly about: PetitionAbout;
}
