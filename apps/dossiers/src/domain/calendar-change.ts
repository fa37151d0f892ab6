import type { Refusal, Result } from '@index766/kernel';
import { checkCalendar, type CalendarDefinition, type DayOff, type MakeUpDay } from '@index766/working-time';

/** What an announcement changes in a calendar. */
export interface CalendarChange {
  readonly holidays: readonly DayOff[];
  readonly makeUpDays: readonly MakeUpDay[];
  /** Days whose entry is taken back, written `2026-12-31`. */
  readonly withdrawn: readonly string[];
}

/**
 * The next version of a calendar, with what was announced. A day that is announced replaces its entry. Paths of the faults
 * are those of the change: its entries stand first.
 */
export function changedCalendar(calendar: CalendarDefinition, { holidays, makeUpDays, withdrawn }: CalendarChange): Result<CalendarDefinition, readonly Refusal[]> {
  const replaced = new Set([...withdrawn, ...[...holidays, ...makeUpDays].map(({ day }) => day)]);
  const kept = <Entry extends DayOff>(entries: readonly Entry[]) => entries.filter(({ day }) => !replaced.has(day));
  return checkCalendar({
    ...calendar,
    version: calendar.version + 1,
    holidays: [...holidays, ...kept(calendar.holidays)],
    makeUpDays: [...makeUpDays, ...kept(calendar.makeUpDays)],
  });
}
