import type { Verdict } from '@index766/feedback-life';
import { ok, refused, type Instant, type Result } from '@index766/kernel';
import {
  ratingStanding, recordFeedback, verdictOf, type DossierFeedback, type FeedbackChange, type IssuedRating, type NewFeedbackFact,
  type RatingStanding,
} from './dossier-feedback';
import { isRecorded } from './numbered';

/** What a rating may be asked for. */
export type RatingAct = 'issue' | 'give' | 'withdraw';

/**
 * What each act leads to by how the last issued rating stands; `none`: none was issued yet. Whether a given rating may
 * still be changed, or taken back by the citizen, is a question of time besides.
 */
export const RATING_TABLE: Readonly<Record<RatingStanding | 'none', Readonly<Record<RatingAct, 'allowed' | RatingRefusal>>>> = {
  none: { issue: 'allowed', give: 'RATING.NOT_ISSUED', withdraw: 'RATING.NOT_GIVEN' },
  // A slip of paper that was lost: the next token takes its place.
  'not-given': { issue: 'allowed', give: 'allowed', withdraw: 'RATING.NOT_GIVEN' },
  given: { issue: 'RATING.ALREADY_GIVEN', give: 'allowed', withdraw: 'allowed' },
  withdrawn: { issue: 'allowed', give: 'RATING.WITHDRAWN', withdraw: 'RATING.WITHDRAWN' },
};

export type RatingRefusal = 'RATING.NOT_ISSUED' | 'RATING.NOT_GIVEN' | 'RATING.ALREADY_GIVEN' | 'RATING.WITHDRAWN';

const DETAILS: Readonly<Record<RatingRefusal, string>> = {
  'RATING.NOT_ISSUED': 'no rating of this dossier was issued',
  'RATING.NOT_GIVEN': 'this rating was not given yet',
  'RATING.ALREADY_GIVEN': 'the dossier was rated already, and has one rating',
  'RATING.WITHDRAWN': 'this rating was withdrawn',
};

/** The most ratings that are issued for one dossier. */
export const MAX_ISSUED = 50;

/**
 * A rating may be given from now on, by whoever has the token. Refuses with RATING.ALREADY_GIVEN, RATING.TOO_MANY_ISSUED.
 *
 * @param hashOf the hash of the token that belongs to a rating; null: it is given without one.
 */
export function issueRating(
  state: DossierFeedback, { hashOf, by }: { readonly hashOf: ((rating: string) => string) | null; readonly by: string }, at: Instant,
): Result<{ readonly rating: string; readonly state: DossierFeedback }> {
  const refusal = refusalOf(state, 'issue');
  if (refusal !== undefined) return refusal;
  if (state.issued.length >= MAX_ISSUED) return refused('RATING.TOO_MANY_ISSUED', `at most ${MAX_ISSUED} ratings of one dossier are issued`);
  const rating = String(state.issued.length + 1);
  const issued: IssuedRating = { rating, hash: hashOf === null ? null : hashOf(rating), issuedAt: at, by };
  return ok({ rating, state: { ...state, issued: [...state.issued, issued] } });
}

/** A verdict for a rating, or a change of it. */
export interface GivenVerdict {
  readonly rating: string;
  readonly verdict: Verdict;
  readonly at: Instant;
}

/**
 * Gives a rating or changes it within the time for that; the same verdict again leads to nothing. Refuses with RATING.*,
 * FEEDBACK.IN_FUTURE.
 */
export function giveRating(
  state: DossierFeedback, { rating, verdict, at }: GivenVerdict, recordedAt: Instant, changeWithinMs: number,
): Result<FeedbackChange> {
  const refusal = unusable(state, rating, at, recordedAt) ?? refusalOf(state, 'give') ?? tooLate(state, rating, at, changeWithinMs);
  if (refusal !== undefined) return refusal;
  const fact: NewFeedbackFact = { kind: 'dossier-rated', occurredAt: at, body: { rating, verdict } };
  const saysNothingNew = verdictOf(state, rating) === verdict || isRecorded(state.facts, fact);
  return recordFeedback(state, saysNothingNew ? [] : [fact], recordedAt);
}

/** A rating without a token, as a kiosk or a migration reports it: a new one, or a change of the one that was given. */
export function reportRating(
  state: DossierFeedback, { verdict, at, by }: { readonly verdict: Verdict; readonly at: Instant; readonly by: string }, recordedAt: Instant,
  changeWithinMs: number,
): Result<FeedbackChange> {
  const last = state.issued.at(-1);
  if (last !== undefined && ratingStanding(state, last.rating).standing === 'given') {
    return giveRating(state, { rating: last.rating, verdict, at }, recordedAt, changeWithinMs);
  }
  const issued = issueRating(state, { hashOf: null, by }, at);
  return issued.ok ? giveRating(issued.value.state, { rating: issued.value.rating, verdict, at }, recordedAt, changeWithinMs) : issued;
}

/** The citizen takes the rating back, within the time in which it may be changed. Refuses with RATING.*. */
export function takeBackRating(state: DossierFeedback, rating: string, at: Instant, changeWithinMs: number): Result<FeedbackChange> {
  const refusal = unusable(state, rating, at, at) ?? refusalOf(state, 'withdraw') ?? tooLate(state, rating, at, changeWithinMs);
  return refusal ?? recordFeedback(state, [{ kind: 'rating-withdrawn', occurredAt: at, body: { rating } }], at);
}

/** A reviewer takes the rating that was given out, at any time, with a reason. Refuses with RATING.*, FEEDBACK.IN_FUTURE. */
export function withdrawRating(
  state: DossierFeedback, { reasonCode, by, at }: { readonly reasonCode: string; readonly by: string; readonly at: Instant }, recordedAt: Instant,
): Result<FeedbackChange> {
  const rating = state.issued.at(-1)?.rating ?? '';
  const refusal = refusalOf(state, 'withdraw') ?? inFuture(at, recordedAt) ?? beforeGiven(state, rating, at);
  if (refusal !== undefined) return refusal;
  const noted: DossierFeedback = { ...state, withdrawals: [...state.withdrawals, { rating, reasonCode, by, at }] };
  return recordFeedback(noted, [{ kind: 'rating-withdrawn', occurredAt: at, body: { rating } }], recordedAt);
}

function refusalOf(state: DossierFeedback, act: RatingAct): Result<never> | undefined {
  const last = state.issued.at(-1);
  const verdict = RATING_TABLE[last === undefined ? 'none' : ratingStanding(state, last.rating).standing][act];
  return verdict === 'allowed' ? undefined : refused(verdict, DETAILS[verdict]);
}

function unusable(state: DossierFeedback, rating: string, at: Instant, recordedAt: Instant): Result<never> | undefined {
  const last = state.issued.at(-1);
  if (last !== undefined && last.rating !== rating) return refused('RATING.TOKEN_REPLACED', 'another token was issued after this one');
  return inFuture(at, recordedAt);
}

function inFuture(at: Instant, recordedAt: Instant): Result<never> | undefined {
  return at > recordedAt ? refused('FEEDBACK.IN_FUTURE', 'nobody says a word in the future', 'occurredAt') : undefined;
}

function beforeGiven(state: DossierFeedback, rating: string, at: Instant): Result<never> | undefined {
  const { firstAt } = ratingStanding(state, rating);
  return firstAt !== null && at < firstAt ? refused('RATING.NOT_GIVEN', 'this rating was not given yet at that instant', 'occurredAt') : undefined;
}

function tooLate(state: DossierFeedback, rating: string, at: Instant, changeWithinMs: number): Result<never> | undefined {
  const { firstAt } = ratingStanding(state, rating);
  return firstAt !== null && at > firstAt + changeWithinMs ? refused('RATING.CHANGE_TOO_LATE', 'the time in which this rating may be changed is over') : undefined;
}
