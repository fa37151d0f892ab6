import type { Instant } from './instant';
import {
  addDays, addMonthsClamped, civilDateOf, endOfDay, formatLocalDay, localDayFrom, localDayOf, parseLocalDay, startOfDay,
  weekdayOf, type LocalDay,
} from './local-day';
import { ok, refused, type Result } from './result';

export const PERIOD_KINDS = ['week', 'month', 'quarter', 'half', 'six-months', 'nine-months', 'year', 'days'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** A span of whole local days, half-open: [start, end). Its name says it all (index-766.md §1). */
export interface Period {
  readonly kind: PeriodKind;
  readonly name: string;
  readonly firstDay: LocalDay;
  readonly lastDay: LocalDay;
  readonly start: Instant;
  readonly end: Instant;
}

/**
 * Reads `2026-W47`, `2026-11`, `2026-Q4`, `2026-H2`, `2026-6M`, `2026-9M`, `2026` or `2026-10-01..2026-10-15` (both
 * days inclusive).
 */
export function parsePeriod(name: string): Result<Period> {
  const week = /^(\d{4})-W(\d{2})$/.exec(name);
  if (week) {
    const monday = addDays(firstMonday(Number(week[1])), (Number(week[2]) - 1) * 7);
    const period = periodContaining('week', startOfDay(monday));
    return period.name === name ? ok(period) : unknownPeriod();
  }
  const days = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(name);
  if (days) {
    const first = parseLocalDay(days[1] ?? '');
    const last = parseLocalDay(days[2] ?? '');
    return first === undefined || last === undefined || last < first ? unknownPeriod() : ok(daysPeriod(first, last));
  }
  const months = /^(\d{4})(?:-(0[1-9]|1[0-2]|Q[1-4]|H[12]|6M|9M))?$/.exec(name);
  if (!months) return unknownPeriod();
  const [first, length, kind] = monthsOf(months[2]);
  return ok(monthsPeriod(kind, name, Number(months[1]), first, length));
}

/** The week, month, quarter, half or year that an instant falls in. */
export function periodContaining(kind: 'week' | 'month' | 'quarter' | 'half' | 'year', instant: Instant): Period {
  const day = localDayOf(instant);
  const { year, month } = civilDateOf(day);
  switch (kind) {
    case 'week': {
      const monday = addDays(day, 1 - weekdayOf(day));
      // An ISO week belongs to the year of its Thursday.
      const weekYear = civilDateOf(addDays(monday, 3)).year;
      const number = Math.round((monday - firstMonday(weekYear)) / 7) + 1;
      return spanOf('week', `${weekYear}-W${String(number).padStart(2, '0')}`, monday, addDays(monday, 6));
    }
    case 'month':
      return monthsPeriod('month', `${year}-${String(month).padStart(2, '0')}`, year, month, 1);
    case 'quarter': {
      const quarter = Math.ceil(month / 3);
      return monthsPeriod('quarter', `${year}-Q${quarter}`, year, quarter * 3 - 2, 3);
    }
    case 'half': {
      const half = month <= 6 ? 1 : 2;
      return monthsPeriod('half', `${year}-H${half}`, year, half * 6 - 5, 6);
    }
    case 'year':
      return monthsPeriod('year', `${year}`, year, 1, 12);
  }
}

/** The same length just before; for the cumulative `6M` and `9M` the same months of last year (index-766.md §1). */
export function periodBefore(period: Period): Period {
  const justBefore = startOfDay(addDays(period.firstDay, -1));
  switch (period.kind) {
    case 'days': {
      const length = period.lastDay - period.firstDay + 1;
      return daysPeriod(addDays(period.firstDay, -length), addDays(period.firstDay, -1));
    }
    case 'six-months':
    case 'nine-months': {
      const year = civilDateOf(period.firstDay).year - 1;
      return monthsPeriod(period.kind, `${year}${period.name.slice(4)}`, year, 1, period.kind === 'six-months' ? 6 : 9);
    }
    default:
      return periodContaining(period.kind, justBefore);
  }
}

function monthsOf(part: string | undefined): [first: number, length: number, kind: PeriodKind] {
  if (part === undefined) return [1, 12, 'year'];
  if (part === '6M') return [1, 6, 'six-months'];
  if (part === '9M') return [1, 9, 'nine-months'];
  if (part.startsWith('Q')) return [Number(part.slice(1)) * 3 - 2, 3, 'quarter'];
  if (part.startsWith('H')) return [Number(part.slice(1)) * 6 - 5, 6, 'half'];
  return [Number(part), 1, 'month'];
}

function monthsPeriod(kind: PeriodKind, name: string, year: number, firstMonth: number, length: number): Period {
  const first = localDayFrom({ year, month: firstMonth, day: 1 });
  return spanOf(kind, name, first, addDays(addMonthsClamped(first, length), -1));
}

function daysPeriod(first: LocalDay, last: LocalDay): Period {
  return spanOf('days', `${formatLocalDay(first)}..${formatLocalDay(last)}`, first, last);
}

function spanOf(kind: PeriodKind, name: string, firstDay: LocalDay, lastDay: LocalDay): Period {
  return { kind, name, firstDay, lastDay, start: startOfDay(firstDay), end: endOfDay(lastDay) };
}

/** Week 1 is the one with 4 January in it. */
function firstMonday(year: number): LocalDay {
  const fourth = localDayFrom({ year, month: 1, day: 4 });
  return addDays(fourth, 1 - weekdayOf(fourth));
}

function unknownPeriod(): Result<never> {
  return refused(
    'PERIOD.UNKNOWN',
    'a period is written 2026-W47, 2026-11, 2026-Q4, 2026-H2, 2026-6M, 2026-9M, 2026 or 2026-10-01..2026-10-15',
    'period',
  );
}
