import { compareText, type Instant, type OfficerPseudonym, type UnitCode } from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';

import type { Span } from './evaluation';
import type { LateDossier } from './late-dossier';
import { tallyOfficers, type OfficerTally } from './officer-tally';
import type { OfficerKnowledge, UnassignedReason } from './own-time';
import { ranked } from './ranked';
import type { DossierView } from './view';

export interface LateOfficerOptions extends OfficerKnowledge {
  /** Calendar of the unit that holds a dossier at T. */
  readonly calendarOf: (unit: UnitCode | null) => WorkingCalendar;
  /** Fewest late dossiers with which an officer is listed; 1 if absent. */
  readonly threshold?: number;
  /** Fewest handled dossiers with which an officer is in the order by share; 10 if absent. */
  readonly fewestHandledForShare?: number;
}

/** A line of the list. Name, title and division are joined by the pseudonym on display. */
export interface LateOfficer {
  readonly rank: number;
  readonly officer: OfficerPseudonym;
  /** Distinct dossiers that ended late in the period. */
  readonly endedLate: number;
  /** Distinct dossiers that are late and open at T, those that wait among them. */
  readonly overdueOpen: number;
  /** Distinct dossiers with a step of theirs overlapping the period. */
  readonly handled: number;
  /** (endedLate + overdueOpen) ÷ handled; null if they handled none (their late step was over before the period). */
  readonly lateShare: number | null;
  /** Their own late working time in milliseconds: the sum, and the most on one dossier. */
  readonly lateMilliseconds: number;
  readonly worstMilliseconds: number;
  /** Late steps of theirs, in the period, on dossiers that were on time: not in the count. */
  readonly lateStepsOnTime: number;
  /** The worst first. */
  readonly dossiers: readonly LateDossier[];
}

export interface LateOfficerList {
  readonly officers: readonly LateOfficer[];
  /** The second order, by late share, of those who handled enough. */
  readonly byShare: readonly { readonly rank: number; readonly officer: OfficerPseudonym; readonly late: number; readonly handled: number }[];
  /** What belongs to no officer, and why: listed, never dropped. */
  readonly unassigned: readonly { readonly why: UnassignedReason; readonly dossiers: readonly LateDossier[] }[];
}

type Line = Omit<LateOfficer, 'rank'>;

/**
 * "Danh sách cán bộ, công chức để xảy ra chậm trễ" of a period at T (lifecycle.md §5): every officer with a dossier that
 * ended late in the period or is late and open at T. A unit's list is made of the views of the dossiers that it holds at
 * T (`holderIn`), a province's of those of all its units: the same function over more views.
 */
export function lateOfficers(
  views: Iterable<DossierView>, period: Span, at: Instant, options: LateOfficerOptions,
): LateOfficerList {
  const { calendarOf, threshold = 1, fewestHandledForShare = 10 } = options;
  const { officers, unassigned } = tallyOfficers(views, period, at, calendarOf, options);
  const lines: Line[] = [];
  for (const tally of officers.values()) {
    if (tally.late.length >= Math.max(1, threshold)) lines.push(lineOf(tally));
  }
  const sharing = lines.filter(({ handled }) => handled >= fewestHandledForShare);
  return {
    officers: ranked(lines, compareLines, compareOfficers).map(({ rank, entry }) => ({ rank, ...entry })),
    byShare: ranked(sharing, compareShares, compareOfficers).map(({ rank, entry }) => ({
      rank, officer: entry.officer, late: entry.dossiers.length, handled: entry.handled,
    })),
    unassigned: [...unassigned]
      .map(([why, dossiers]) => ({ why, dossiers: worstFirst(dossiers) }))
      .sort((a, b) => compareText(a.why, b.why)),
  };
}

function lineOf({ officer, handled, late, lateStepsOnTime }: OfficerTally): Line {
  const endedLate = late.filter(({ state }) => state === 'ended-late').length;
  const times = late.map(({ ownLateMilliseconds }) => ownLateMilliseconds);
  return {
    officer,
    endedLate,
    overdueOpen: late.length - endedLate,
    handled,
    lateShare: handled === 0 ? null : late.length / handled,
    lateMilliseconds: times.reduce((sum, time) => sum + time, 0),
    worstMilliseconds: times.reduce((worst, time) => Math.max(worst, time), 0),
    lateStepsOnTime,
    dossiers: worstFirst(late),
  };
}

function compareLines(a: Line, b: Line): number {
  return b.dossiers.length - a.dossiers.length || b.lateMilliseconds - a.lateMilliseconds;
}

/** Exact: shares are compared as fractions. */
function compareShares(a: Line, b: Line): number {
  return b.dossiers.length * a.handled - a.dossiers.length * b.handled;
}

function compareOfficers(a: Line, b: Line): number {
  return compareText(a.officer, b.officer);
}

function worstFirst(dossiers: readonly LateDossier[]): readonly LateDossier[] {
  return [...dossiers].sort((a, b) => b.ownLateMilliseconds - a.ownLateMilliseconds || compareText(a.dossier, b.dossier));
}
