import {
  addDays, addMonthsClamped, endOfDay, instantOf, isStartOfDay, localDayOf, minuteOfDay, type Instant, type LocalDay,
} from '@index766/kernel';

import type { Term, TermKind } from './term';
import type { DayStanding, WorkingCalendar } from './working-calendar';

/** When a dossier was received, seen from the office's hours. */
export type Arrival = 'in-office-hours' | 'before-opening' | 'at-lunch' | 'after-hours' | 'on-day-off';

/** One step of how a due instant came about; together they explain it in full. */
export type Working =
  /** Day 0 and why; the clock of an hour term starts at `startsAt`. */
  | { readonly kind: 'day-zero'; readonly day: LocalDay; readonly startsAt: Instant; readonly arrival: Arrival }
  | { readonly kind: 'skipped'; readonly day: LocalDay; readonly standing: DayStanding }
  /** The last day of the term; the due instant is its 24:00 (day and month terms) or inside it (hour terms). */
  | { readonly kind: 'last-day'; readonly day: LocalDay; readonly dueAt: Instant }
  | {
      readonly kind: 'pause'; readonly from: Instant; readonly to: Instant; readonly movedBy: PauseLength;
      readonly dueBefore: Instant; readonly dueAfter: Instant;
    }
  /** From this day on the calendar's days off are not known yet: the week alone was counted. */
  | { readonly kind: 'beyond-calendar'; readonly day: LocalDay };

/** By how much a pause moves a due instant: office time for hour terms, term days for all others. */
export type PauseLength =
  | { readonly unit: 'office-minutes'; readonly minutes: number }
  | { readonly unit: 'term-days'; readonly days: number };

export interface Due {
  readonly dueAt: Instant;
  readonly working: readonly Working[];
}

/** A closed span during which the clock stood still. */
export interface Pause {
  readonly from: Instant;
  readonly to: Instant;
}

/** A due instant that a source states without a time, or at 00:00, means 24:00 of that day (lifecycle.md §2). */
export function statedDue(stated: Instant): Instant {
  return isStartOfDay(stated) ? endOfDay(localDayOf(stated)) : stated;
}

/**
 * The due instant of a term (lifecycle.md §2) and how it came about.
 *
 * Day 0 is the day of receipt if the office is open at that instant or opens later that day, else the next day on which
 * it opens. Working days: 24:00 of the n-th term day after day 0. Calendar days and months (day clamped to the month's
 * end): 24:00 of the last day, or of the next term day if that is none. Working hours: exact, from the first office
 * instant.
 */
export function dueOf(term: Term, receivedAt: Instant, calendar: WorkingCalendar): Due {
  const startsAt = calendar.nextOfficeInstant(receivedAt);
  const received = localDayOf(receivedAt);
  const dayZero = localDayOf(startsAt);
  const start: readonly Working[] = [
    ...skipped(calendar, received, addDays(dayZero, -1), isClosed),
    { kind: 'day-zero', day: dayZero, startsAt, arrival: arrivalOf(receivedAt, calendar) },
  ];
  const finish = (dueAt: Instant, lastDay: LocalDay, skips: readonly Working[]): Due => ({
    dueAt,
    working: [...start, ...skips, { kind: 'last-day', day: lastDay, dueAt }, ...beyondCalendar(calendar, dayZero, lastDay)],
  });

  switch (term.kind) {
    case 'working-hours': {
      const dueAt = calendar.addWorkingMinutes(startsAt, term.amount * 60);
      const lastDay = localDayOf(dueAt);
      return finish(dueAt, lastDay, skipped(calendar, addDays(dayZero, 1), addDays(lastDay, -1), isClosed));
    }
    case 'working-days': {
      const lastDay = calendar.termDayAfter(dayZero, term.amount);
      return finish(endOfDay(lastDay), lastDay, skipped(calendar, addDays(dayZero, 1), lastDay, isNoTermDay));
    }
    case 'calendar-days':
    case 'months': {
      const nominal = term.kind === 'months' ? addMonthsClamped(dayZero, term.amount) : addDays(dayZero, term.amount);
      const lastDay = calendar.termDayFrom(nominal);
      return finish(endOfDay(lastDay), lastDay, skipped(calendar, nominal, lastDay, isNoTermDay));
    }
  }
}

/**
 * Moves a due instant by a pause (lifecycle.md §3): hour terms by the office time in it, all others, a stated due among
 * them, by the number of term days in (day of the request, day of the completion], at the same time of day.
 * A pause that ends before it starts, or on the day on which it started, moves a day term by nothing.
 *
 * @param termKind undefined where the due is stated and no term is known.
 */
export function moveForPause(due: Due, pause: Pause, calendar: WorkingCalendar, termKind: TermKind | undefined): Due {
  return termKind === 'working-hours' ? moveByOfficeTime(due, pause, calendar) : moveByTermDays(due, pause, calendar);
}

function moveByOfficeTime(due: Due, pause: Pause, calendar: WorkingCalendar): Due {
  const minutes = Math.max(0, calendar.workingMinutesBetween(pause.from, pause.to));
  const dueAt = calendar.addWorkingMinutes(due.dueAt, minutes);
  const skips = skipped(calendar, addDays(localDayOf(due.dueAt), 1), addDays(localDayOf(dueAt), -1), isClosed);
  return moved(due, pause, { unit: 'office-minutes', minutes }, dueAt, skips);
}

function moveByTermDays(due: Due, pause: Pause, calendar: WorkingCalendar): Due {
  const days = calendar.termDaysIn(localDayOf(pause.from), localDayOf(pause.to));
  if (days === 0) return moved(due, pause, { unit: 'term-days', days }, due.dueAt, []);
  // 24:00 is the next day's 00:00, but the last instant of the day that it ends.
  const lastDay = localDayOf(instantOf(due.dueAt - 1));
  const movedDay = calendar.termDayAfter(lastDay, days);
  const dueAt = instantOf(due.dueAt + (endOfDay(movedDay) - endOfDay(lastDay)));
  return moved(due, pause, { unit: 'term-days', days }, dueAt, skipped(calendar, addDays(lastDay, 1), movedDay, isNoTermDay));
}

function moved(due: Due, { from, to }: Pause, movedBy: PauseLength, dueAt: Instant, skips: readonly Working[]): Due {
  return {
    dueAt,
    working: [...due.working, { kind: 'pause', from, to, movedBy, dueBefore: due.dueAt, dueAfter: dueAt }, ...skips],
  };
}

function arrivalOf(receivedAt: Instant, calendar: WorkingCalendar): Arrival {
  const { officeHours } = calendar.dayOf(localDayOf(receivedAt));
  const minute = minuteOfDay(receivedAt);
  if (officeHours.length === 0) return 'on-day-off';
  if (officeHours.some(({ from, to }) => from <= minute && minute < to)) return 'in-office-hours';
  if (officeHours.every(({ from }) => minute < from)) return 'before-opening';
  return officeHours.every(({ to }) => minute >= to) ? 'after-hours' : 'at-lunch';
}

function skipped(
  calendar: WorkingCalendar, first: LocalDay, last: LocalDay, isSkipped: (calendar: WorkingCalendar, day: LocalDay) => boolean,
): readonly Working[] {
  const days: Working[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    if (isSkipped(calendar, day)) days.push({ kind: 'skipped', day, standing: calendar.dayOf(day).standing });
  }
  return days;
}

function isClosed(calendar: WorkingCalendar, day: LocalDay): boolean {
  return calendar.officeMinutes(day) === 0;
}

function isNoTermDay(calendar: WorkingCalendar, day: LocalDay): boolean {
  return !calendar.isTermDay(day);
}

function beyondCalendar(calendar: WorkingCalendar, first: LocalDay, last: LocalDay): readonly Working[] {
  for (let day = first; day <= last; day = addDays(day, 1)) {
    if (!calendar.covers(day)) return [{ kind: 'beyond-calendar', day }];
  }
  return [];
}
