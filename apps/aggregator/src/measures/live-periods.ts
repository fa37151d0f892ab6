import { addDays, localDayOf, periodContaining, startOfDay, type Instant, type Period } from '@index766/kernel';

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
 * T, the evaluation instant of a figure: the period's end, or as-of while the period runs (index-766.md §1). As-of is
 * a common minute, the one just beginning: what happened a second ago counts, and every partition judges alike.
 */
export function evaluationInstant(period: Period, now: Instant): Instant {
  const minute = (Math.ceil(now / 60_000) * 60_000) as Instant;
  return minute < period.end ? minute : period.end;
}
