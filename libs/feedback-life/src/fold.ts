import { compareText, type Instant, type PetitionId } from '@index766/kernel';
import { isDissatisfied, type FeedbackFact, type FeedbackFactKind, type FeedbackFactOf } from './facts';
import { NO_FEEDBACK, type FeedbackView, type LinkedPetition, type RatingInForce } from './view';

/** Decides between facts of one instant: a verdict before its withdrawal, a link before it is taken back. */
const RANK = {
  'dossier-rated': 0, 'rating-withdrawn': 1, 'petition-linked': 2, 'petition-unlinked': 3,
} as const satisfies Record<FeedbackFactKind, number>;

type RatingFact = FeedbackFactOf<'dossier-rated' | 'rating-withdrawn'>;
type LinkFact = FeedbackFactOf<'petition-linked' | 'petition-unlinked'>;

/**
 * Folds the facts about one dossier's feedback. The facts are a set: their order in the array says nothing. Total: a
 * withdrawal of a rating that nobody gave, or a petition that is taken back without having been linked, changes nothing.
 */
export function foldFeedback(facts: readonly FeedbackFact[]): FeedbackView {
  if (facts.length === 0) return NO_FEEDBACK;
  const ordered = [...facts].sort(compareFacts);
  return { ratings: ratingsOf(ordered.filter(isAboutRating)), petitions: petitionsOf(ordered.filter(isAboutPetition)) };
}

const isAboutRating = (fact: FeedbackFact): fact is RatingFact => fact.kind === 'dossier-rated' || fact.kind === 'rating-withdrawn';
const isAboutPetition = (fact: FeedbackFact): fact is LinkFact => !isAboutRating(fact);

function compareFacts(a: FeedbackFact, b: FeedbackFact): number {
  return (
    a.occurredAt - b.occurredAt || RANK[a.kind] - RANK[b.kind] || compareText(naturalKeyOf(a), naturalKeyOf(b)) || a.sequence - b.sequence
  );
}

function naturalKeyOf(fact: FeedbackFact): string {
  return isAboutRating(fact) ? fact.body.rating : fact.body.petition;
}

/** One rating holds at a time: the last one given. A withdrawn one never holds again, and brings no earlier one back. */
function ratingsOf(facts: readonly RatingFact[]): readonly RatingInForce[] {
  const spans: RatingInForce[] = [];
  const withdrawn = new Set<string>();
  let current: Omit<RatingInForce, 'to'> | null = null;
  const close = (to: Instant | null): void => {
    if (current !== null && (to === null || to > current.from)) spans.push(spanOf(current, to));
    current = null;
  };
  for (const { kind, occurredAt, body } of facts) {
    if (kind === 'rating-withdrawn') {
      withdrawn.add(body.rating);
      if (isOf(current, body.rating)) close(occurredAt);
    } else if (!withdrawn.has(body.rating)) {
      close(occurredAt);
      const { rating, verdict } = body;
      current = { rating, from: occurredAt, verdict, dissatisfied: isDissatisfied(verdict) };
    }
  }
  close(null);
  return spans;
}

function isOf(current: Omit<RatingInForce, 'to'> | null, rating: string): boolean {
  return current?.rating === rating;
}

function spanOf({ rating, from, verdict, dissatisfied }: Omit<RatingInForce, 'to'>, to: Instant | null): RatingInForce {
  return { rating, from, to, verdict, dissatisfied };
}

function petitionsOf(facts: readonly LinkFact[]): readonly LinkedPetition[] {
  const spans: LinkedPetition[] = [];
  const linked = new Map<PetitionId, Instant>();
  for (const { kind, occurredAt, body: { petition } } of facts) {
    const from = linked.get(petition);
    if (kind === 'petition-linked') {
      if (from === undefined) linked.set(petition, occurredAt);
    } else if (from !== undefined) {
      linked.delete(petition);
      if (occurredAt > from) spans.push({ petition, from, to: occurredAt });
    }
  }
  for (const [petition, from] of linked) spans.push({ petition, from, to: null });
  return spans.sort((a, b) => compareText(a.petition, b.petition) || a.from - b.from);
}
