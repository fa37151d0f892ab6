import { instantOf, type Instant, type UnitCode } from '@index766/kernel';
import type { PetitionClass } from './facts';
import { PETITION_TERMS, clockOf, petitionStage, termFrom, type CalendarOf, type PetitionStage } from './terms';
import type { PetitionView } from './view';

/** Half-open [start, end); a `Period` of the kernel is one. */
export interface Span {
  readonly start: Instant;
  readonly end: Instant;
}

/** What a petition counts as in a figure of a period at T (index-766.md, 5.1 to 5.3). */
export interface PetitionJudgement {
  /** Received in the period: the denominator. Everything else is false or null if this is. */
  readonly belongs: boolean;
  /** The unit that has it at T. */
  readonly unit: UnitCode | null;
  readonly class: PetitionClass | null;
  readonly stage: PetitionStage | null;
  /** Numerator of 5.2: handled on time, or still within term at T. */
  readonly onTime: boolean;
  readonly late: boolean;
  /** The last word on the answer is "unsatisfied". */
  readonly ratedUnsatisfied: boolean;
  /** A later petition is about the answer. */
  readonly repeated: boolean;
  /** What 5.3 takes off, once: rated unsatisfied, repeated, or late. */
  readonly dissatisfied: boolean;
  /** The due instant that it was judged against. */
  readonly dueAt: Instant | null;
}

const NOT_COUNTED: PetitionJudgement = {
  belongs: false, unit: null, class: null, stage: null, onTime: false, late: false, ratedUnsatisfied: false, repeated: false, dissatisfied: false,
  dueAt: null,
};

/**
 * Judges a petition in [start, end) at T. On time is the first of answer, refusal and supplement request within its term
 * (lifecycle.md §7); while none of them has come, within the term of the answer.
 *
 * @param at T: the period's end, or as-of while it runs; later than the end means the end.
 */
export function judgePetitionAt(view: PetitionView, period: Span, at: Instant, calendarOf: CalendarOf): PetitionJudgement {
  // While the period runs, facts of the very instant T count (index-766.md §1).
  const until = at < period.end ? instantOf(at + 1) : period.end;
  const { receivedAt } = view;
  if (receivedAt === null || receivedAt < period.start || receivedAt >= until) return NOT_COUNTED;
  const reaction = firstReaction(view, until);
  const clock = clockOf(view, reaction === undefined ? until : instantOf(reaction.at + 1), calendarOf);
  if (clock === undefined) return NOT_COUNTED;
  const { dueAt } = termFrom(clock, PETITION_TERMS[reaction?.kind ?? 'answer'], calendarOf);
  // At a period's end T is the end itself: a due instant at 24:00 of its last day has not passed.
  const onTime = (reaction?.at ?? (at < until ? at : until)) <= dueAt;
  const ratedUnsatisfied = view.answerRatings.findLast(({ from }) => from < until)?.satisfied === false;
  const repeated = view.repetitions.some(({ from, to }) => from < until && (to === null || to >= until));
  return {
    belongs: true,
    unit: view.holders.findLast(({ from }) => from < until)?.unit ?? null,
    class: view.class,
    stage: petitionStage(view, until),
    onTime, late: !onTime, ratedUnsatisfied, repeated,
    dissatisfied: ratedUnsatisfied || repeated || !onTime,
    dueAt,
  };
}

/**
 * The next instant after T at which a petition counts otherwise although nothing new becomes known: its due instant has
 * passed, or an instant that was stated ahead has come. Null: never.
 */
export function petitionWakeAt(view: PetitionView, at: Instant, calendarOf: CalendarOf): Instant | null {
  const { receivedAt, refusedAt, answeredAt, publishedAt, holders, supplements, answerRatings, repetitions } = view;
  if (receivedAt === null) return null;
  const instants = [
    receivedAt, refusedAt, answeredAt, publishedAt, duePassedAt(view, at, calendarOf), ...holders.map(({ from }) => from),
    ...answerRatings.map(({ from }) => from), ...[...supplements, ...repetitions].flatMap(({ from, to }) => [from, to]),
  ];
  return instants.reduce<Instant | null>(
    (next, instant) => (instant !== null && instant > at && (next === null || instant < next) ? instant : next), null,
  );
}

/** Within term up to and including the due instant: it counts otherwise a millisecond later. */
function duePassedAt(view: PetitionView, at: Instant, calendarOf: CalendarOf): Instant | null {
  const until = instantOf(at + 1);
  if (firstReaction(view, until) !== undefined) return null;
  const clock = clockOf(view, until, calendarOf);
  return clock === undefined ? null : instantOf(termFrom(clock, PETITION_TERMS.answer, calendarOf).dueAt + 1);
}

interface Reaction {
  readonly kind: 'refuse' | 'ask' | 'answer';
  readonly at: Instant;
}

/** What the unit did first; of one instant in the order of a petition's life. */
function firstReaction({ refusedAt, answeredAt, supplements }: PetitionView, until: Instant): Reaction | undefined {
  const reactions: readonly { readonly kind: Reaction['kind']; readonly at: Instant | null }[] = [
    { kind: 'ask', at: supplements[0]?.from ?? null }, { kind: 'refuse', at: refusedAt }, { kind: 'answer', at: answeredAt },
  ];
  return reactions
    .filter((reaction): reaction is Reaction => reaction.at !== null && reaction.at < until)
    .sort((a, b) => a.at - b.at)[0];
}
