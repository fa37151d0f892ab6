import { MILLISECONDS_PER_MINUTE, addDays, parseLocalDay, type LocalDay } from '@index766/kernel';

import { cumulativeDays, type CumulativeDays } from './cumulative-days';
import { mondayOf, type DayRules } from './week';
import type { CalendarDay } from './working-calendar';

/** Any Monday does where nothing is dated. */
const SOME_MONDAY = parseLocalDay('2024-01-01') as LocalDay;

/** What every day is, looked up instead of decided, with the running totals that make distances a subtraction. */
export interface DayTable {
  dayOf(day: LocalDay): CalendarDay;
  /** Office time in milliseconds. */
  readonly officeTime: CumulativeDays;
  readonly termDays: CumulativeDays;
}

export function openDayTable(rules: DayRules): DayTable {
  const first = mondayOf(rules.bounds?.first ?? SOME_MONDAY);
  const end = rules.bounds === undefined ? first : addDays(mondayOf(rules.bounds.last), 7);
  const table = daysFrom(rules, first, end - first);
  const weekBefore = daysFrom(rules, addDays(first, -7), 7);
  const weekAfter = daysFrom(rules, end, 7);
  const totalsOf = (valueOf: (day: CalendarDay) => number) =>
    cumulativeDays(first, table.map(valueOf), weekBefore.map(valueOf), weekAfter.map(valueOf));

  return {
    dayOf: (day) => {
      const found = day < first ? weekBefore[placeInWeek(day)] : day < end ? table[day - first] : weekAfter[placeInWeek(day)];
      if (found === undefined) throw new RangeError('a day is a whole number');
      return found;
    },
    officeTime: totalsOf((day) => day.officeMinutes * MILLISECONDS_PER_MINUTE),
    termDays: totalsOf((day) => (day.isTermDay ? 1 : 0)),
  };
}

function daysFrom(rules: DayRules, first: LocalDay, count: number): readonly CalendarDay[] {
  return Array.from({ length: count }, (_, index) => rules.dayOf(addDays(first, index)));
}

/** 0 Monday … 6 Sunday. */
function placeInWeek(day: LocalDay): number {
  return day - mondayOf(day);
}
