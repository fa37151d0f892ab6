import type { Instant, UnitCode } from '@index766/kernel';
import { dueOf, type Due, type WorkingCalendar } from '@index766/working-time';
import type { PetitionHolder, PetitionView } from './view';

/** Terms of a petition in working days (lifecycle.md §7); the last one is shown, not scored. */
export const PETITION_TERMS = { refuse: 2, ask: 5, answer: 15, publish: 2 } as const;

/** A transfer restarts the clock if it comes within as many working days of the receipt. */
const TRANSFER_WITHIN = 2;

/** The calendar as it holds for a unit. */
export type CalendarOf = (unit: UnitCode) => WorkingCalendar;

/** By when what has to be done; null: it need not be done any more, or it is not the unit's turn. */
export interface PetitionDues {
  readonly refuse: Due | null;
  readonly ask: Due | null;
  readonly answer: Due | null;
  readonly publish: Due | null;
}

export type PetitionStage = 'open' | 'waiting' | 'refused' | 'answered' | 'published';

const NOTHING_DUE: PetitionDues = { refuse: null, ask: null, answer: null, publish: null };

/** How far a received petition had come by what happened before `until`. */
export function petitionStage({ publishedAt, answeredAt, refusedAt, supplements }: PetitionView, until: Instant): PetitionStage {
  if (publishedAt !== null && publishedAt < until) return 'published';
  if (answeredAt !== null && answeredAt < until) return 'answered';
  if (refusedAt !== null && refusedAt < until) return 'refused';
  return supplements.some(({ from, to }) => from < until && (to === null || to >= until)) ? 'waiting' : 'open';
}

/**
 * When its clock started, by what happened before `until`, and whose calendar it runs by: the receipt, or the last
 * transfer that came within two working days of the start before it. A later transfer starts nothing.
 */
export function clockOf({ holders }: PetitionView, until: Instant, calendarOf: CalendarOf): PetitionHolder | undefined {
  let clock: PetitionHolder | undefined;
  for (const holder of holders) {
    if (holder.from >= until) break;
    if (clock === undefined || holder.from <= termFrom(clock, TRANSFER_WITHIN, calendarOf).dueAt) clock = holder;
  }
  return clock;
}

/** The due instants in force by what happened before `until`, each with its working. */
export function petitionDues(view: PetitionView, until: Instant, calendarOf: CalendarOf): PetitionDues {
  const clock = clockOf(view, until, calendarOf);
  if (clock === undefined) return NOTHING_DUE;
  const due = (days: number): Due => termFrom(clock, days, calendarOf);
  switch (petitionStage(view, until)) {
    case 'open': {
      const restartedAt = restartOf(view, until);
      if (restartedAt === null) return { refuse: due(PETITION_TERMS.refuse), ask: due(PETITION_TERMS.ask), answer: due(PETITION_TERMS.answer), publish: null };
      return { ...NOTHING_DUE, answer: termFrom({ from: restartedAt, unit: unitAt(view, restartedAt) ?? clock.unit }, PETITION_TERMS.answer, calendarOf) };
    }
    case 'answered': {
      const { answeredAt } = view;
      if (answeredAt === null) return NOTHING_DUE;
      return { ...NOTHING_DUE, publish: termFrom({ from: answeredAt, unit: unitAt(view, answeredAt) ?? clock.unit }, PETITION_TERMS.publish, calendarOf) };
    }
    case 'waiting':
    case 'refused':
    case 'published':
      return NOTHING_DUE;
  }
}

/** The unit that has the petition by the end of an instant; undefined: it has not been received. */
export function unitAt({ holders }: PetitionView, at: Instant): UnitCode | undefined {
  return holders.findLast(({ from }) => from <= at)?.unit;
}

export function termFrom({ from, unit }: PetitionHolder, days: number, calendarOf: CalendarOf): Due {
  return dueOf({ kind: 'working-days', amount: days }, from, calendarOf(unit));
}

/** The first supplement restarts the term for the answer; a second one does not. */
function restartOf({ supplements }: PetitionView, until: Instant): Instant | null {
  const completedAt = supplements[0]?.to ?? null;
  return completedAt !== null && completedAt < until ? completedAt : null;
}
