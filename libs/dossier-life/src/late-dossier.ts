import { MILLISECONDS_PER_MINUTE, localDayOf, type DossierId, type Instant, type ProcedureCode, type UnitCode } from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';

import type { DossierLateness } from './own-time';
import type { DossierView } from './view';

/** A late dossier as it stands in the list of one officer, or among the unassigned. */
export interface LateDossier {
  readonly dossier: DossierId;
  readonly procedure: ProcedureCode | null;
  /** Holds it at T. */
  readonly unit: UnitCode | null;
  readonly dueAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly state: DossierLateness['state'];
  readonly bySecondSupplement: boolean;
  /** Late working time of this officer on this dossier, and of the dossier against its due instant, in milliseconds. */
  readonly ownLateMilliseconds: number;
  readonly lateMilliseconds: number;
  /** The dossier's late minutes ÷ the daily minutes of its unit. */
  readonly daysLate: number;
  readonly apologyGiven: boolean;
}

export function lateDossierOf(
  view: DossierView, unit: UnitCode | null, lateness: DossierLateness, ownLateMilliseconds: number, until: Instant,
  calendar: WorkingCalendar,
): LateDossier {
  const { state, bySecondSupplement, dueAt, lateMilliseconds } = lateness;
  return {
    dossier: view.dossier,
    procedure: view.procedure,
    unit,
    dueAt,
    endedAt: state === 'ended-late' ? view.endedAt : null,
    state,
    bySecondSupplement,
    ownLateMilliseconds,
    lateMilliseconds,
    daysLate: daysOf(lateMilliseconds, dueAt, calendar),
    apologyGiven: view.apologyAt !== null && view.apologyAt < until,
  };
}

function daysOf(milliseconds: number, dueAt: Instant | null, calendar: WorkingCalendar): number {
  if (dueAt === null || milliseconds === 0) return 0;
  // A due instant at 24:00 belongs to the day that it ends.
  const daily = calendar.dailyMinutesOn(localDayOf((dueAt - 1) as Instant));
  return milliseconds / (daily * MILLISECONDS_PER_MINUTE);
}
