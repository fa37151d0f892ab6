import {
  MILLISECONDS_PER_MINUTE, addDays, earliest, instantOf, localDayOf, periodContaining, startOfDay, type Instant,
  type Period,
} from '@index766/kernel';

const LIVE_KINDS = ['week', 'month', 'quarter', 'half', 'year'] as const;

/**
 * The periods whose figures are kept up to date as facts arrive: the current week, month, quarter, half and year, and
 * the ended weeks and months of the last `endedDays` days. Every other period is computed when it is asked for.
 */
export function livePeriods(now: Instant, endedDays: number): readonly Period[] {
  const current = LIVE_KINDS.map((kind) => periodContaining(kind, now));
  const today = localDayOf(now);
  const ended = new Map<string, Period>();
  for (let back = 1; back <= endedDays; back += 1) {
    for (const kind of ['week', 'month'] as const) {
      const period = periodContaining(kind, startOfDay(addDays(today, -back)));
      if (period.end <= now) ended.set(period.name, period);
    }
  }
  return [...current, ...ended.values()];
}

/**
 * As-of of everything that still runs: a common minute, the one just beginning. What happened a second ago counts, and
 * every partition judges alike.
 */
export function asOfMinute(now: Instant): Instant {
  return instantOf(Math.ceil(now / MILLISECONDS_PER_MINUTE) * MILLISECONDS_PER_MINUTE);
}

/** T, the evaluation instant of a figure: the period's end, or as-of while the period runs (index-766.md §1). */
export function evaluationInstant(period: Period, now: Instant): Instant {
  return earliest(asOfMinute(now), period.end);
}
