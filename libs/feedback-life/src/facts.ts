import type { DossierId, Instant, PetitionId } from '@index766/kernel';

/** What a citizen says of a dossier: 1 (worst) to 5 (best), or like / dislike. */
export type Verdict = 1 | 2 | 3 | 4 | 5 | 'like' | 'dislike';

/** The body of each fact about the feedback on a dossier, by its kind (facts.md). */
export interface FeedbackFactBodies {
  /** Of a rating that was given before: it is changed, from its own instant on. */
  'dossier-rated': { readonly rating: string; readonly verdict: Verdict };
  /** From its own instant on, for good. */
  'rating-withdrawn': { readonly rating: string };
  'petition-linked': { readonly petition: PetitionId };
  'petition-unlinked': { readonly petition: PetitionId };
}

export type FeedbackFactKind = keyof FeedbackFactBodies;

export interface FeedbackFactHead {
  readonly dossier: DossierId;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** Place among the dossier's records on the topic of feedback, from 1 without gaps. */
  readonly sequence: number;
  readonly timeBasis: 'stated' | 'inferred';
  /** Set on bulk loads, which no integrity rule counts (lifecycle.md §6). */
  readonly backfill?: boolean;
}

export type FeedbackFact = {
  readonly [Kind in FeedbackFactKind]: FeedbackFactHead & { readonly kind: Kind; readonly body: FeedbackFactBodies[Kind] };
}[FeedbackFactKind];

export type FeedbackFactOf<Kind extends FeedbackFactKind> = Extract<FeedbackFact, { readonly kind: Kind }>;

/** 2 or less, or a dislike (lifecycle.md §7). */
export function isDissatisfied(verdict: Verdict): boolean {
  return typeof verdict === 'number' ? verdict <= 2 : verdict === 'dislike';
}
