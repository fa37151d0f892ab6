import { foldFeedback, type FeedbackFact, type FeedbackFactBodies, type FeedbackFactKind } from '@index766/feedback-life';
import { ok, type DossierId, type Instant, type PetitionId, type Result } from '@index766/kernel';
import { isRecorded, numbered, type Change } from './numbered';

/** A rating that may be given: made by a token, or by a kiosk that needs none. */
export interface IssuedRating {
  /** `1`, `2` … within the dossier. */
  readonly rating: string;
  /** Of the token; null where there is none. */
  readonly hash: string | null;
  readonly issuedAt: Instant;
  readonly by: string;
}

/** Who took a rating back, other than by its token, and why. */
export interface Withdrawal {
  readonly rating: string;
  readonly reasonCode: string;
  readonly by: string;
  readonly at: Instant;
}

/** All that this service keeps of the feedback on one dossier. */
export interface DossierFeedback {
  readonly dossier: DossierId;
  /** In the order of their sequence, from 1 without gaps. */
  readonly facts: readonly FeedbackFact[];
  /** In the order in which they were issued; the last one alone may be given. */
  readonly issued: readonly IssuedRating[];
  readonly withdrawals: readonly Withdrawal[];
}

export type FeedbackChange = Change<DossierFeedback, FeedbackFact>;

/** A fact that was decided and has no place among the others yet. */
export type NewFeedbackFact = {
  readonly [Kind in FeedbackFactKind]: { readonly kind: Kind; readonly occurredAt: Instant; readonly body: FeedbackFactBodies[Kind] };
}[FeedbackFactKind];

export function emptyFeedback(dossier: DossierId): DossierFeedback {
  return { dossier, facts: [], issued: [], withdrawals: [] };
}

export function recordFeedback(state: DossierFeedback, added: readonly NewFeedbackFact[], recordedAt: Instant): Result<FeedbackChange> {
  const placed = numbered(state.facts, added, recordedAt);
  if (!placed.ok) return placed;
  const facts = placed.value.map((fact) => ({ ...fact, dossier: state.dossier }));
  return ok({ state: { ...state, facts: [...state.facts, ...facts] }, facts });
}

/** A petition is about the dossier, or is no more, from an instant on. */
export interface PetitionLink {
  readonly petition: PetitionId;
  readonly linked: boolean;
  readonly at: Instant;
}

/** Takes a petition's word that it is about this dossier. Said again it leads to nothing. */
export function takePetitionLink(state: DossierFeedback, { petition, linked, at }: PetitionLink, recordedAt: Instant): Result<FeedbackChange> {
  const fact: NewFeedbackFact = { kind: linked ? 'petition-linked' : 'petition-unlinked', occurredAt: at, body: { petition } };
  return recordFeedback(state, isRecorded(state.facts, fact) ? [] : [fact], recordedAt);
}

export type RatingStanding = 'not-given' | 'given' | 'withdrawn';

/** How a rating stands, and when it was first given. */
export function ratingStanding({ facts }: DossierFeedback, rating: string): { readonly standing: RatingStanding; readonly firstAt: Instant | null } {
  const given = facts.filter((fact) => fact.kind === 'dossier-rated' && fact.body.rating === rating).map(({ occurredAt }) => occurredAt);
  const firstAt = given.length === 0 ? null : given.reduce((first, at) => (at < first ? at : first));
  const isWithdrawn = facts.some((fact) => fact.kind === 'rating-withdrawn' && fact.body.rating === rating);
  return { standing: isWithdrawn ? 'withdrawn' : firstAt === null ? 'not-given' : 'given', firstAt };
}

/** The verdict that holds for a rating now; undefined: none. */
export function verdictOf({ facts }: DossierFeedback, rating: string) {
  return foldFeedback(facts).ratings.find((each) => each.rating === rating && each.to === null)?.verdict;
}
