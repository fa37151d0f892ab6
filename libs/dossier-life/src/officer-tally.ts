import type { Instant, OfficerPseudonym, UnitCode } from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';

import { evaluationEnd, type Span } from './evaluation';
import { holderBefore } from './holder';
import { belongsTo } from './judge';
import { lateDossierOf, type LateDossier } from './late-dossier';
import { latenessAt, lateSteps, type OfficerKnowledge, type UnassignedReason } from './own-time';
import type { DossierView, Step } from './view';

/** What one officer did in a period, as it adds up while dossiers are walked through. */
export interface OfficerTally {
  readonly officer: OfficerPseudonym;
  handled: number;
  lastHandled: DossierView | null;
  lateStepsOnTime: number;
  readonly late: LateDossier[];
}

export interface Tallies {
  readonly officers: ReadonlyMap<OfficerPseudonym, OfficerTally>;
  readonly unassigned: ReadonlyMap<UnassignedReason, readonly LateDossier[]>;
}

/**
 * Walks through the dossiers of a period at T and adds up what each officer handled and made late.
 *
 * @param calendarOf calendar of the unit that holds a dossier at T.
 */
export function tallyOfficers(
  views: Iterable<DossierView>, period: Span, at: Instant, calendarOf: (unit: UnitCode | null) => WorkingCalendar,
  knowledge: OfficerKnowledge,
): Tallies {
  const until = evaluationEnd(period, at);
  const officers = new Map<OfficerPseudonym, OfficerTally>();
  const unassigned = new Map<UnassignedReason, LateDossier[]>();
  for (const view of views) {
    if (!belongsTo(view, period, until)) continue;
    countHandled(view, period, until, officers);
    const unit = holderBefore(view, until);
    const calendar = calendarOf(unit);
    const lateness = latenessAt(view, period, at, calendar, knowledge);
    if (lateness === null) {
      countLateSteps(view, period, until, calendar, officers);
      continue;
    }
    const listed = (milliseconds: number) => lateDossierOf(view, unit, lateness, milliseconds, until, calendar);
    const own = new Map<OfficerPseudonym, number>();
    const nobodys = new Map<UnassignedReason, number>();
    for (const { officer, unassigned: why, lateMilliseconds } of lateness.shares) {
      if (officer !== null) own.set(officer, (own.get(officer) ?? 0) + lateMilliseconds);
      else nobodys.set(why, (nobodys.get(why) ?? 0) + lateMilliseconds);
    }
    for (const [officer, milliseconds] of own) tallyOf(officers, officer).late.push(listed(milliseconds));
    for (const [why, milliseconds] of nobodys) listUnder(unassigned, why).push(listed(milliseconds));
  }
  return { officers, unassigned };
}

function countHandled(view: DossierView, period: Span, until: Instant, officers: Map<OfficerPseudonym, OfficerTally>): void {
  for (const step of view.steps) {
    if (step.officer === null || !overlaps(step, period, until)) continue;
    const tally = tallyOf(officers, step.officer);
    // Each dossier once, however many of its steps were theirs.
    if (tally.lastHandled === view) continue;
    tally.lastHandled = view;
    tally.handled += 1;
  }
}

function countLateSteps(
  view: DossierView, period: Span, until: Instant, calendar: WorkingCalendar, officers: Map<OfficerPseudonym, OfficerTally>,
): void {
  for (const { step } of lateSteps(view, until, calendar)) {
    if (step.officer !== null && overlaps(step, period, until)) tallyOf(officers, step.officer).lateStepsOnTime += 1;
  }
}

function overlaps({ from, to }: Step, { start }: Span, until: Instant): boolean {
  return from < until && (to === null || to > start);
}

function tallyOf(officers: Map<OfficerPseudonym, OfficerTally>, officer: OfficerPseudonym): OfficerTally {
  const known = officers.get(officer);
  if (known !== undefined) return known;
  const none: OfficerTally = { officer, handled: 0, lastHandled: null, lateStepsOnTime: 0, late: [] };
  officers.set(officer, none);
  return none;
}

function listUnder(lists: Map<UnassignedReason, LateDossier[]>, why: UnassignedReason): LateDossier[] {
  const known = lists.get(why) ?? [];
  lists.set(why, known);
  return known;
}
