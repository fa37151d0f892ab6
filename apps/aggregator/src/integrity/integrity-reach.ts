import { judgeAt, type DossierView } from '@index766/dossier-life';
import { MILLISECONDS_PER_DAY, periodContaining, type Instant, type Period } from '@index766/kernel';

import { INTEGRITY_THRESHOLDS } from './integrity-flags';

/**
 * Whether `integrityFlags` of a period that has ended needs a dossier: something of it was flagged in the period, it was made or
 * is a possible first of one that was made again, or it is among those that corrections at a week's end are compared with. Without
 * all others the flags are the same.
 */
export function integrityReaches(view: DossierView, period: Period): boolean {
  const isWithin = (instant: Instant | null, from: number): boolean => instant !== null && instant >= from && instant < period.end;
  if (view.flags.some(({ recordedAt }) => isWithin(recordedAt, period.start))) return true;
  if (isWithin(view.recordedFrom, period.start)) return true;
  if (isWithin(view.voidRecordedAt, period.start - INTEGRITY_THRESHOLDS.recreatedWithinDays * MILLISECONDS_PER_DAY)) return true;
  // The first week that ends in the period may begin before it.
  const { start } = periodContaining('week', period.start);
  return judgeAt(view, { start, end: period.end }, period.end).belongs;
}
