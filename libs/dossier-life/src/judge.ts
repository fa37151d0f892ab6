import { earliest, type Instant } from '@index766/kernel';

import { evaluationEnd, type Span } from './evaluation';
import { standingAt } from './standing';
import type { DossierView } from './view';

/** What a dossier counts as in a figure of a period at T (lifecycle.md §4). */
export interface Judgement {
  /** Among the dossiers of 2.1: the denominator. Everything else is false if this is. */
  readonly belongs: boolean;
  /** In the numerator of 2.1: ended on time, or open and within term. */
  readonly onTime: boolean;
  readonly late: boolean;
  /** No due date and no term: open it is in numerator and denominator, ended in the denominator only; a defect. */
  readonly undetermined: boolean;
  readonly state: 'not-counted' | 'ended' | 'waiting' | 'open';
  readonly receivedInPeriod: boolean;
  readonly endedInPeriod: boolean;
  /** The due instant that it was judged against; null: undetermined, or not counted. */
  readonly dueAt: Instant | null;
}

const NOT_COUNTED: Judgement = {
  belongs: false, onTime: false, late: false, undetermined: false, state: 'not-counted', receivedInPeriod: false, endedInPeriod: false,
  dueAt: null,
};

/**
 * Judges a dossier in [start, end) at T. It belongs iff it was received before the end and is open or ended at or after
 * the start; dossiers never received, refused or voided before their due instant count nowhere.
 *
 * @param at T: the period's end, or as-of while it runs; later than the end means the end.
 */
export function judgeAt(view: DossierView, period: Span, at: Instant): Judgement {
  const until = evaluationEnd(period, at);
  if (!belongsTo(view, period, until)) return NOT_COUNTED;
  const { stage, verdict, dueAt } = standingAt(view, until, at);
  const ended = stage === 'ended';
  return {
    belongs: true,
    onTime: verdict === 'in-time' || (verdict === 'undetermined' && !ended),
    late: verdict === 'late',
    undetermined: verdict === 'undetermined',
    state: stage,
    receivedInPeriod: view.receivedAt !== null && view.receivedAt >= period.start,
    endedInPeriod: ended,
    dueAt,
  };
}

/** Received before `until`, and open then or ended at or after the period's start; before a period begins, in hand at T. */
export function belongsTo(view: DossierView, period: Span, until: Instant): boolean {
  if (view.voided || view.receivedAt === null || view.receivedAt >= until) return false;
  return view.endedAt === null || view.endedAt >= earliest(period.start, until);
}
