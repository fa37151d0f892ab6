import {
  procedureKey, versionBegun, versionInForce, type CalendarVersioned, type ProcedureVersioned, type UnitVersioned,
} from '@index766/contracts-catalog';
import type { DueReference } from '@index766/dossier-life';
import type { LocalDay, ProcedureCode, UnitCode } from '@index766/kernel';
import { UnitTree, type VersionSource } from '@index766/platform-reference';
import { VIETNAM_CALENDAR, calendarFor, type CalendarDefinition, type WorkingCalendar } from '@index766/working-time';

/** What is kept of a procedure here: what due dates are decided by. */
export const FIELDS_OF_PROCEDURE = ['code', 'unit', 'version', 'validFrom', 'validTo', 'term', 'pauseOnFinancialObligation'] as const;
export type ProcedureTerms = Pick<ProcedureVersioned, (typeof FIELDS_OF_PROCEDURE)[number]>;

export interface ReferenceSources {
  /** Counts the records of every kind: it never goes back. */
  readonly knownRecords: number;
  /** Resolves when what is known is a few seconds old at most; rejects when the database is away. */
  fresh(): Promise<void>;
  readonly units: VersionSource<UnitVersioned>;
  readonly procedures: VersionSource<ProcedureTerms>;
  readonly calendars: VersionSource<CalendarVersioned>;
}

/** What is known now about units, procedures and calendars. */
export class Reference {
  private readonly tree: UnitTree<UnitVersioned>;

  /** @param calendarId the calendar that due dates are computed with. */
  constructor(private readonly sources: ReferenceSources, private readonly calendarId: string) {
    this.tree = new UnitTree(sources.units, versionBegun);
  }

  get knownRecords(): number {
    return this.sources.knownRecords;
  }

  /** Before a decision: no member goes by what it knew before it was stopped (ADR 0102). */
  fresh(): Promise<void> {
    return this.sources.fresh();
  }

  /** Units above this one on a day, nearest first. Of a closed unit its successor, of an unknown one its province: the part before the first dot. */
  ancestorsOf(unit: UnitCode, day: LocalDay): readonly UnitCode[] {
    return this.tree.ancestorsOf(unit, day);
  }

  /** The version of a procedure that holds for a unit on a day: the nearest unit's own, else the one for all. */
  procedureOf(code: ProcedureCode, unit: UnitCode, day: LocalDay): ProcedureTerms | undefined {
    for (const owner of this.tree.chainOf(unit, day)) {
      const own = versionInForce(this.sources.procedures.versionsOf(procedureKey({ code, unit: owner })), day);
      if (own !== undefined) return own;
    }
    return versionInForce(this.sources.procedures.versionsOf(procedureKey({ code })), day);
  }

  /** Names the version that `procedureOf` gives: `2.000815@3`, the code alone where none is known. */
  procedureVersionOf(code: ProcedureCode, unit: UnitCode, day: LocalDay): string {
    const procedure = this.procedureOf(code, unit, day);
    return procedure === undefined ? code : `${procedureKey(procedure)}@${procedure.version}`;
  }

  /** Terms and calendars as they hold for a dossier that was received on a day. */
  dueReferenceOn(day: LocalDay): DueReference {
    return {
      termOf: (procedure, unit) => this.procedureOf(procedure, unit, day)?.term ?? null,
      calendarOf: (unit) => this.calendarOf(unit, day),
    };
  }

  /** Whether a fee that was asked for stops the clock. */
  pausesForObligation(procedure: ProcedureCode, unit: UnitCode, day: LocalDay): boolean {
    return this.procedureOf(procedure, unit, day)?.pauseOnFinancialObligation ?? false;
  }

  /** The newest version of the calendar as it holds for a unit. The one that ships, while the catalog has said nothing. */
  calendarOf(unit: UnitCode, day: LocalDay): WorkingCalendar {
    return calendarFor(this.newestCalendar(), this.tree.chainOf(unit, day));
  }

  /** What would be known if the calendar were this one. */
  withCalendar(calendar: CalendarDefinition): Reference {
    const calendars = { revision: 0, versionsOf: () => [calendar as CalendarVersioned] };
    return new Reference({ ...this.sources, calendars }, this.calendarId);
  }

  /** The newest version of the calendar, with what all units have otherwise. */
  newestCalendar(): CalendarDefinition {
    // The contract checked it when it was read; only how an absent field is typed differs.
    const versions = this.sources.calendars.versionsOf(this.calendarId) as readonly CalendarDefinition[];
    return versions.reduce((newest: CalendarDefinition | undefined, each) => (newest && newest.version > each.version ? newest : each), undefined) ?? VIETNAM_CALENDAR;
  }
}
