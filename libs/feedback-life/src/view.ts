import type { Instant, PetitionId } from '@index766/kernel';
import type { Verdict } from './facts';

/** A verdict and the span in which it was the one that counts: until it was changed or withdrawn. */
export interface RatingInForce {
  readonly rating: string;
  readonly from: Instant;
  readonly to: Instant | null;
  readonly verdict: Verdict;
  readonly dissatisfied: boolean;
}

/** A petition about the dossier and the span in which it was known to be about it. */
export interface LinkedPetition {
  readonly petition: PetitionId;
  readonly from: Instant;
  readonly to: Instant | null;
}

/** What the facts about a dossier's feedback fold to: any figure at any instant is read from it. */
export interface FeedbackView {
  /** By their starts; no two of them overlap. */
  readonly ratings: readonly RatingInForce[];
  /** By petition, then start; no two spans of one petition overlap. */
  readonly petitions: readonly LinkedPetition[];
}

/** Of a dossier on which nobody said a word. */
export const NO_FEEDBACK: FeedbackView = { ratings: [], petitions: [] };
