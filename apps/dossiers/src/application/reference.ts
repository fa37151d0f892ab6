import {
  procedureKey, versionInForce, type CalendarVersioned, type ProcedureVersioned, type UnitVersioned,
} from '@index766/contracts-catalog';
import type { DueReference } from '@index766/dossier-life';
import { parseUnitCode, type LocalDay, type ProcedureCode, type UnitCode } from '@index766/kernel';
import { VIETNAM_CALENDAR, calendarFor, type CalendarDefinition, type WorkingCalendar } from '@index766/working-time';

/** The known versions of one kind of reference record; a cache of the service's own copy. */
export interface VersionSource<Content> {
  /** Counts the changes: whatever was derived from an older one is derived anew. */
  readonly revision: number;
  /** In the order in which they became known; empty for an unknown key. */
  versionsOf(key: string): readonly Content[];
}

export interface ReferenceSources {
  /** Counts the records of every kind: it never goes back. */
  readonly knownRecords: number;
  readonly units: VersionSource<UnitVersioned>;
  readonly procedures: VersionSource<ProcedureVersioned>;
  readonly calendars: VersionSource<CalendarVersioned>;
}

/** The tree is a few levels deep; a longer way up is a cycle that somebody recorded. */
const DEEPEST_CHAIN = 16;
const CHAINS_KEPT = 50_000;

/** What is known now about units, procedures and calendars. */
export class Reference {
  private chains = new Map<string, readonly UnitCode[]>();
  private chainsRevision = -1;

  /** @param calendarId the calendar that due dates are computed with. */
  constructor(private readonly sources: ReferenceSources, private readonly calendarId: string) {}

  get knownRecords(): number {
    return this.sources.knownRecords;
  }

  /** Units above this one on a day, nearest first. Of an unknown unit: its province, the part before the first dot. */
  ancestorsOf(unit: UnitCode, day: LocalDay): readonly UnitCode[] {
    return this.chainOf(unit, day).slice(1);
  }

  /** The version of a procedure that holds for a unit on a day: the nearest unit's own, else the one for all. */
  procedureOf(code: ProcedureCode, unit: UnitCode, day: LocalDay): ProcedureVersioned | undefined {
    for (const owner of this.chainOf(unit, day)) {
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
    return calendarFor(this.newestCalendar(), this.chainOf(unit, day));
  }

  private newestCalendar(): CalendarDefinition {
    // The contract checked it when it was read; only how an absent field is typed differs.
    const versions = this.sources.calendars.versionsOf(this.calendarId) as readonly CalendarDefinition[];
    return versions.reduce((newest: CalendarDefinition | undefined, each) => (newest && newest.version > each.version ? newest : each), undefined) ?? VIETNAM_CALENDAR;
  }

  /** The unit itself, then the units above it. */
  private chainOf(unit: UnitCode, day: LocalDay): readonly UnitCode[] {
    const { revision } = this.sources.units;
    if (revision !== this.chainsRevision || this.chains.size > CHAINS_KEPT) {
      this.chains = new Map();
      this.chainsRevision = revision;
    }
    const key = `${unit} ${day}`;
    let chain = this.chains.get(key);
    if (chain === undefined) {
      chain = this.climb(unit, day);
      this.chains.set(key, chain);
    }
    return chain;
  }

  private climb(unit: UnitCode, day: LocalDay): readonly UnitCode[] {
    const chain = [unit];
    for (let above = this.parentOf(unit, day); above !== undefined; above = this.parentOf(above, day)) {
      if (chain.includes(above) || chain.length >= DEEPEST_CHAIN) break;
      chain.push(above);
    }
    return chain;
  }

  private parentOf(unit: UnitCode, day: LocalDay): UnitCode | undefined {
    const version = versionInForce(this.sources.units.versionsOf(unit), day);
    if (version !== undefined) return version.parent === null ? undefined : parseUnitCode(version.parent);
    const dot = unit.indexOf('.');
    return dot > 0 ? parseUnitCode(unit.slice(0, dot)) : undefined;
  }
}
