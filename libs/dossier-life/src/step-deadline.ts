import { isStartOfDay, type Instant } from '@index766/kernel';
import { moveForPause, type Pause, type TermKind, type WorkingCalendar } from '@index766/working-time';

import { joinedPauses } from './pauses';
import type { DossierView, Step } from './view';

type Move =
  | { readonly kind: 'pause'; readonly from: Instant; readonly to: Instant | null }
  | { readonly kind: 'extension'; readonly from: Instant; readonly dueBefore: Instant; readonly dueAfter: Instant };

/** By how much a step was late: from its deadline, as it had moved, to its end or to `bound` while it lasts. */
export interface LateSpan {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * The span past a step's deadline, seen at `bound`; null: it has no deadline or kept it. The deadline moves with the
 * pauses inside the step, the last step's also with an extension of the dossier, as long as it has not passed
 * (lifecycle.md §5). A step that ends or stands while the citizen is waited for kept it if it was asked in time.
 */
export function lateSpanOf(view: DossierView, step: Step, bound: Instant, calendar: WorkingCalendar): LateSpan | null {
  if (step.deadline === null) return null;
  const end = step.to !== null && step.to < bound ? step.to : bound;
  let deadline = step.deadline;
  if (end <= deadline) return null;
  for (const move of movesInside(view, step, end)) {
    if (move.from > deadline) break;
    if (move.kind === 'extension') deadline = movedByExtension(deadline, move.dueBefore, move.dueAfter, calendar);
    else if (move.to === null || move.to >= end) return null;
    else deadline = moved(deadline, { from: move.from, to: move.to }, calendar, termKindOf(deadline));
  }
  return end > deadline ? { from: deadline, to: end } : null;
}

const NO_MOVES: readonly Move[] = [];

function movesInside(view: DossierView, step: Step, end: Instant): readonly Move[] {
  if (view.waits.length === 0 && view.dues.length < 2) return NO_MOVES;
  const moves: Move[] = [];
  for (const { from, to } of joinedPauses(view.waits)) {
    if (from < end && (to === null || to > step.from)) moves.push({ kind: 'pause', from: from > step.from ? from : step.from, to });
  }
  view.dues.forEach((due, index) => {
    const before = view.dues[index - 1];
    if (due.cause !== 'extended' || before === undefined || due.from > end || !wasLast(view, step, due.from)) return;
    moves.push({ kind: 'extension', from: due.from, dueBefore: before.dueAt, dueAfter: due.dueAt });
  });
  return moves.sort((a, b) => a.from - b.from);
}

/** No other step had begun after it by `instant`. */
function wasLast(view: DossierView, step: Step, instant: Instant): boolean {
  return step.from <= instant && view.steps.every(({ from }) => from <= step.from || from > instant);
}

/** As far as the dossier's due instant went, in term days if both are ends of days, else in office time. */
function movedByExtension(deadline: Instant, dueBefore: Instant, dueAfter: Instant, calendar: WorkingCalendar): Instant {
  if (deadline === dueBefore) return dueAfter;
  if (!isStartOfDay(dueBefore) || !isStartOfDay(dueAfter)) {
    return moved(deadline, { from: dueBefore, to: dueAfter }, calendar, 'working-hours');
  }
  // 24:00 is the next day's 00:00: a millisecond earlier lies in the day that is meant.
  const days = { from: (dueBefore - 1) as Instant, to: (dueAfter - 1) as Instant };
  return moved(deadline, days, calendar, 'working-days');
}

function moved(deadline: Instant, pause: Pause, calendar: WorkingCalendar, kind: TermKind): Instant {
  return moveForPause({ dueAt: deadline, working: [] }, pause, calendar, kind).dueAt;
}

/** A step's deadline comes without a term: at the end of a day it counts days, inside one it counts office time. */
function termKindOf(deadline: Instant): TermKind {
  return isStartOfDay(deadline) ? 'working-days' : 'working-hours';
}
