import { addDays, civilDateOf, formatLocalDay, localDayFrom, type Period } from '@index766/kernel';
import { VIETNAM_CALENDAR, type CalendarDefinition, type Term } from '@index766/working-time';
import { officersOf, type SampleOfficer } from './dossier/officers';
import { SAMPLE_PROCEDURES } from './dossier/procedures';
import type { SampleUnit } from './figures/sample-units';

/** A unit as the catalog takes it (PUT /v1/units/{code}). Days are written `2026-10-31`. */
export interface ReferenceUnit {
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly parent: string | null;
  readonly validFrom: string;
}

/** A procedure as the catalog takes it; null: it has no term. */
export interface ReferenceProcedure {
  readonly code: string;
  readonly name: string;
  readonly validFrom: string;
  readonly term: Term | null;
  readonly pauseOnFinancialObligation: boolean;
}

/** What the catalog has to know before the pushes come. */
export interface ReferenceRecords {
  /** Parents first. */
  readonly units: readonly ReferenceUnit[];
  readonly procedures: readonly ReferenceProcedure[];
  readonly calendar: CalendarDefinition;
  /** Who the made-up officers are: the pushes say it too, so the catalog learns them from there. */
  readonly officers: readonly SampleOfficer[];
}

/** Reference records, valid from the beginning of the year before the period: dossiers in hand are older than it. */
export function referenceOf(units: readonly SampleUnit[], period: Period): ReferenceRecords {
  const { year } = civilDateOf(addDays(period.firstDay, -1));
  const validFrom = formatLocalDay(localDayFrom({ year: year - 1, month: 1, day: 1 }));
  return {
    units: units.map(({ code, name, level, parent }) => ({ code, name, level, parent, validFrom })),
    procedures: SAMPLE_PROCEDURES.map(({ code, name, term, pauseOnFinancialObligation }) => ({
      code, name, term, pauseOnFinancialObligation, validFrom,
    })),
    calendar: VIETNAM_CALENDAR,
    officers: units.filter(({ dossiers }) => dossiers > 0).flatMap(({ code, level, dossiers }) => {
      const officers = officersOf(code, level, dossiers);
      return officers === null ? [] : [...officers.reception, ...officers.specialists, ...officers.leaders];
    }),
  };
}
