import {
  MILLISECONDS_PER_DAY, addDays, addMonthsClamped, civilDateOf, instantOf, localDayOf, parsePeriod, periodContaining, startOfDay,
  type Instant, type LocalDay, type Period,
} from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';

/**
 * When a period may become official by the rule (lifecycle.md §8): a time of the first working day after it.
 *
 * @param minutes since midnight
 */
export function openingInstant(period: Period, calendar: Pick<WorkingCalendar, 'termDayFrom'>, minutes: number): Instant {
  return atMinute(calendar.termDayFrom(addDays(period.lastDay, 1)), minutes);
}

/** Local time of a day. */
export function atMinute(day: LocalDay, minutes: number): Instant {
  return instantOf(startOfDay(day) + minutes * 60_000);
}

/** The periods that are published without being asked for and ended in the last `lookBackDays` days, the earliest end first. */
export function endedPeriods(now: Instant, lookBackDays: number): readonly Period[] {
  const found = new Map<string, Period>();
  const today = localDayOf(now);
  const from = instantOf(now - lookBackDays * MILLISECONDS_PER_DAY);
  for (let back = 1; back <= lookBackDays + 1; back += 1) {
    const day = addDays(today, -back);
    for (const kind of ['week', 'month', 'quarter', 'year'] as const) add(periodContaining(kind, startOfDay(day)));
    const { year, month } = civilDateOf(day);
    for (const [last, name] of [[6, `${year}-6M`], [9, `${year}-9M`]] as const) if (month === last) add(named(name));
  }
  return [...found.values()].sort((a, b) => a.end - b.end || a.start - b.start);

  function add(period: Period): void {
    if (period.end <= now && period.end > from) found.set(period.name, period);
  }
}

/** The day after which a period that ended then is not checked for amendments any more. */
export function lastAmendedDay(period: Period, months: number): LocalDay {
  return addMonthsClamped(period.lastDay, months);
}

function named(name: string): Period {
  const period = parsePeriod(name);
  if (!period.ok) throw new RangeError(`${name} is no period`);
  return period.value;
}
