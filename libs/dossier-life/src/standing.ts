import type { Instant } from '@index766/kernel';

import { dueInForceAt } from './due-timeline';
import { joinedPauses } from './pauses';
import type { DossierView } from './view';

export type Stage = 'ended' | 'waiting' | 'open';

/** How a dossier stands at T, before any period is asked about. */
export interface Standing {
  readonly stage: Stage;
  readonly verdict: 'in-time' | 'late' | 'undetermined';
  /** The second distinct supplement request made it late, whatever the due instant says. */
  readonly bySecondSupplement: boolean;
  /** The due instant that it was judged against: if it is late by it, the one in force when it passed. */
  readonly dueAt: Instant | null;
}

/**
 * Judges a received dossier by what happened before `until` (lifecycle.md §3, §4): the second supplement before any other
 * rule, then ended, then waiting, then open.
 */
export function standingAt(view: DossierView, until: Instant, at: Instant): Standing {
  const stage = stageAt(view, until);
  const stoodStillAt = stage === 'open' ? undefined : lastInstantOfClock(view, stage, until);
  const dueAt = dueInForceAt(view.dues, stoodStillAt ?? ((until - 1) as Instant))?.dueAt ?? null;
  if (view.secondSupplementAt !== null && view.secondSupplementAt < until) {
    return { stage, verdict: 'late', bySecondSupplement: true, dueAt };
  }
  // At a period's end T is the end itself: a due instant at 24:00 of its last day has not passed.
  const judgedAt = stoodStillAt ?? (at < until ? at : until);
  const verdict = dueAt === null ? 'undetermined' : judgedAt <= dueAt ? 'in-time' : 'late';
  return { stage, verdict, bySecondSupplement: false, dueAt };
}

export function stageAt(view: DossierView, until: Instant): Stage {
  if (view.endedAt !== null && view.endedAt < until) return 'ended';
  for (const { from, to } of view.waits) {
    if (from < until && (to === null || to >= until)) return 'waiting';
  }
  return 'open';
}

/** Where the clock stopped: of one that waits, or waited when it ended, at the request; of another ended one at its end. */
function lastInstantOfClock(view: DossierView, stage: Stage, until: Instant): Instant | undefined {
  if (stage === 'waiting') return pauseReaching(view, until);
  if (view.endedAt === null) return undefined;
  return view.waits.some(({ closedByEnd }) => closedByEnd) ? pauseReaching(view, view.endedAt) : view.endedAt;
}

/** Start of the joined pause that lasts up to `instant`; `instant` itself if it only began then. */
function pauseReaching(view: DossierView, instant: Instant): Instant {
  const pauses = joinedPauses(view.waits.filter(({ from }) => from < instant));
  const last = pauses[pauses.length - 1];
  return last !== undefined && (last.to === null || last.to >= instant) ? last.from : instant;
}
