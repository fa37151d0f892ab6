import type { Instant } from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';

import { joinedPauses, type OpenSpan } from './pauses';
import type { DossierView } from './view';

/**
 * Working time from receipt to E without pauses (indicator 2.2), in whole milliseconds so that sums do not depend on
 * their order; null for a dossier that did not end with status 9 or 10. Whether E falls into the period is
 * `judgeAt(…).endedInPeriod`.
 */
export function processingMilliseconds(view: DossierView, calendar: WorkingCalendar): number | null {
  const { receivedAt, endedAt, endStatus } = view;
  if (receivedAt === null || endedAt === null || (endStatus !== 9 && endStatus !== 10)) return null;
  return workingTimeWithoutPauses(receivedAt, endedAt, view.waits, calendar);
}

/** Working milliseconds in [from, to) during which nothing was waited for; 0 if `to` is not later. */
export function workingTimeWithoutPauses(from: Instant, to: Instant, waits: readonly OpenSpan[], calendar: WorkingCalendar): number {
  if (to <= from) return 0;
  let milliseconds = calendar.workingMillisecondsBetween(from, to);
  for (const pause of joinedPauses(waits)) {
    const start = pause.from > from ? pause.from : from;
    const end = pause.to === null || pause.to > to ? to : pause.to;
    if (end > start) milliseconds -= calendar.workingMillisecondsBetween(start, end);
  }
  return milliseconds;
}
