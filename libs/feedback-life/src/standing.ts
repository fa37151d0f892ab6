import type { Instant } from '@index766/kernel';
import type { FeedbackView, RatingInForce } from './view';

/**
 * Questions about a dossier's feedback at an instant (index-766.md, indicator 5.4). Facts count that occurred before
 * `before`: for a period that has ended this is its end, for one that runs the instant after as-of.
 */

/** The verdict that holds; undefined: none was given, or it was withdrawn. */
export function findRatingAt({ ratings }: FeedbackView, before: Instant): RatingInForce | undefined {
  return ratings.find((rating) => holds(rating, before));
}

export function hasPetitionAt({ petitions }: FeedbackView, before: Instant): boolean {
  return petitions.some((petition) => holds(petition, before));
}

/** What 5.4 takes off: a dissatisfied rating or a petition, once for a dossier. */
export function isDissatisfiedAt(view: FeedbackView, before: Instant): boolean {
  return findRatingAt(view, before)?.dissatisfied === true || hasPetitionAt(view, before);
}

/** The next instant after `at` from which an answer above may differ; null: none is known. */
export function nextChangeAfter({ ratings, petitions }: FeedbackView, at: Instant): Instant | null {
  return [...ratings, ...petitions].flatMap(({ from, to }) => [from, to]).reduce<Instant | null>(
    (next, instant) => (instant !== null && instant > at && (next === null || instant < next) ? instant : next), null,
  );
}

function holds({ from, to }: { readonly from: Instant; readonly to: Instant | null }, before: Instant): boolean {
  return from < before && (to === null || to >= before);
}
