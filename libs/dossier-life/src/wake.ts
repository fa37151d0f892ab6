import type { Instant } from '@index766/kernel';

import { dueInForceAt } from './due-timeline';
import { stageAt } from './standing';
import type { DossierView } from './view';

/**
 * The next instant after T at which a dossier counts otherwise although nothing new becomes known: its due instant has
 * passed, or an instant that a source stated ahead has come (a future end, request, transfer). Null: never.
 * Judging at any T before it gives what judging now gives.
 */
export function wakeAt(view: DossierView, at: Instant): Instant | null {
  if (view.voided || view.receivedAt === null) return null;
  if (view.endedAt !== null && view.endedAt <= at) return null;
  let next: Instant | null = null;
  const consider = (instant: Instant | null): void => {
    if (instant !== null && instant > at && (next === null || instant < next)) next = instant;
  };
  consider(view.receivedAt);
  consider(view.endedAt);
  for (const { from } of view.holders) consider(from);
  for (const { from, to } of view.waits) {
    consider(from);
    consider(to);
  }
  consider(duePassedAt(view, at));
  for (const { from } of view.dues) consider(from);
  return next;
}

/** Within term up to and including the due instant: it changes a millisecond later. Who waits does not run out of time. */
function duePassedAt(view: DossierView, at: Instant): Instant | null {
  const until = (at + 1) as Instant;
  if (stageAt(view, until) !== 'open') return null;
  const due = dueInForceAt(view.dues, at);
  return due === undefined ? null : ((due.dueAt + 1) as Instant);
}
