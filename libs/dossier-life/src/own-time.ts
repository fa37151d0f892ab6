import { MILLISECONDS_PER_DAY, type DossierId, type Instant, type OfficerPseudonym } from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';

import { evaluationEnd, type Span } from './evaluation';
import { belongsTo } from './judge';
import { passesAt } from './pauses';
import { workingTimeWithoutPauses } from './processing-time';
import { standingAt } from './standing';
import { lateSpanOf, type LateSpan } from './step-deadline';
import type { DossierView, Step } from './view';

/**
 * Why late time belongs to no officer: nobody held the step, the name fits several, the officer was away, or an objection
 * of the officer was lifted.
 */
export type UnassignedReason = 'nobody' | 'ambiguous-name' | 'absence' | 'objection-lifted';

/** One part of a dossier's lateness and whose it is. */
export type LatenessShare = Owner & {
  readonly lateMilliseconds: number;
  /** Division of the step, and when that began: whoever the officer is, it was late there. */
  readonly department: string | null;
  readonly from: Instant;
};

type Owner =
  | { readonly officer: OfficerPseudonym; readonly unassigned: null }
  | { readonly officer: null; readonly unassigned: UnassignedReason };

export interface DossierLateness {
  readonly state: 'ended-late' | 'overdue-open';
  readonly bySecondSupplement: boolean;
  readonly dueAt: Instant | null;
  /** Working time past the due instant without waiting, in milliseconds; 0 where the second supplement made it late. */
  readonly lateMilliseconds: number;
  readonly shares: readonly LatenessShare[];
}

/** What is known about officers besides the facts of dossiers. */
export interface OfficerKnowledge {
  /** Recorded absences; those of more than a day take a step held during them from its officer. */
  readonly absencesOf?: (officer: OfficerPseudonym) => readonly { readonly from: Instant; readonly to: Instant }[];
  /** True where one name in one division stands for several people. */
  readonly isAmbiguous?: (officer: OfficerPseudonym) => boolean;
  /** True where it was decided that the lateness of a dossier up to `bound` (its end, or T) is not the officer's. */
  readonly isLifted?: (officer: OfficerPseudonym, dossier: DossierId, bound: Instant) => boolean;
}

interface Held {
  readonly from: Instant;
  readonly to: Instant;
  readonly officer: OfficerPseudonym | null;
  readonly department: string | null;
}

/**
 * Whose the lateness of a dossier is (lifecycle.md §5); null for one that does not belong to the period or is not late
 * at T.
 * The officers whose own steps were late have it, each past the step's deadline; if no step was late, the one who held it
 * when the due instant passed has it, then later holders from their start. Waiting for the citizen is nobody's time.
 * Late by the second supplement: no time, and it is the officer's whose step was current at that request.
 */
export function latenessAt(
  view: DossierView, period: Span, at: Instant, calendar: WorkingCalendar, knowledge: OfficerKnowledge = {},
): DossierLateness | null {
  const until = evaluationEnd(period, at);
  if (!belongsTo(view, period, until)) return null;
  const standing = standingAt(view, until, at);
  if (standing.verdict !== 'late') return null;
  const { bySecondSupplement, dueAt } = standing;
  const ended = standing.stage === 'ended' ? view.endedAt : null;
  const bound = ended ?? (at < until ? at : until);
  const timeOf = ({ from, to }: { readonly from: Instant; readonly to: Instant }) =>
    workingTimeWithoutPauses(from, to, view.waits, calendar);
  const shareOf = (held: Held, lateMilliseconds: number) =>
    ({
      ...ownerOf(held, (officer) => knowledge.isLifted?.(officer, view.dossier, bound) === true, knowledge),
      lateMilliseconds, department: held.department, from: held.from,
    });
  const state = ended === null ? 'overdue-open' : 'ended-late';

  if (bySecondSupplement || dueAt === null) {
    const current = stepAtRequest(view, view.secondSupplementAt ?? bound, bound);
    return { state, bySecondSupplement, dueAt, lateMilliseconds: 0, shares: [shareOf(current, 0)] };
  }
  const own = lateSteps(view, bound, calendar);
  const shares =
    own.length > 0
      ? own.map(({ step, late }) => shareOf(heldUntil(step, bound), timeOf(late)))
      : holdersSince(view, passesAt(dueAt, view.waits) ?? dueAt, bound).map(({ held, late }) => shareOf(held, timeOf(late)));
  return { state, bySecondSupplement, dueAt, lateMilliseconds: timeOf({ from: dueAt, to: bound }), shares };
}

/** Steps past their deadline at `bound`, of those that had begun before it. */
export function lateSteps(
  view: DossierView, bound: Instant, calendar: WorkingCalendar,
): readonly { readonly step: Step; readonly late: LateSpan }[] {
  const found = [];
  for (const step of view.steps) {
    if (step.from >= bound) continue;
    const late = lateSpanOf(view, step, bound, calendar);
    if (late !== null) found.push({ step, late });
  }
  return found;
}

/** Who held it when the due instant passed (not while the clock stood still), then everybody who began to hold it later. */
function holdersSince(view: DossierView, passedAt: Instant, bound: Instant) {
  const found = [];
  let firstLater = bound;
  for (const step of view.steps) {
    if (step.from >= bound) continue;
    const held = heldUntil(step, bound);
    if (step.from > passedAt) {
      if (step.from < firstLater) firstLater = step.from;
      found.push({ held, late: held });
    } else if (step.to === null || step.to > passedAt) {
      found.push({ held, late: { from: passedAt, to: held.to } });
    }
  }
  const heldAtDue = found.some(({ held }) => held.from <= passedAt);
  if (heldAtDue) return found;
  const nobody = { officer: null, department: null, from: passedAt, to: firstLater };
  return [{ held: nobody, late: nobody }, ...found];
}

/** Who works on it at a request is the one who asks: a step that only begins at that instant comes after it. */
function stepAtRequest(view: DossierView, request: Instant, bound: Instant): Held {
  const running = view.steps.filter(({ from, to }) => from <= request && (to === null || to >= request));
  const step = running.filter(({ from }) => from < request).at(-1) ?? running[0];
  return step === undefined ? { officer: null, department: null, from: request, to: request } : heldUntil(step, bound);
}

function heldUntil({ officer, department, from, to }: Step, bound: Instant): Held {
  return { officer, department, from, to: to !== null && to < bound ? to : bound };
}

function ownerOf(
  { officer, from, to }: Held, isLifted: (officer: OfficerPseudonym) => boolean, knowledge: OfficerKnowledge,
): Owner {
  if (officer === null) return { officer, unassigned: 'nobody' };
  if (knowledge.isAmbiguous?.(officer) === true) return { officer: null, unassigned: 'ambiguous-name' };
  if (isLifted(officer)) return { officer: null, unassigned: 'objection-lifted' };
  const absences = knowledge.absencesOf?.(officer) ?? [];
  const away = absences.some((absence) => absence.to - absence.from > MILLISECONDS_PER_DAY && absence.from < to && absence.to > from);
  return away ? { officer: null, unassigned: 'absence' } : { officer, unassigned: null };
}
