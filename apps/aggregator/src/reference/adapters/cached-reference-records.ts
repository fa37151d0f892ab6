import { versionInForce, type OfficerDescribed, type ProcedureVersioned } from '@index766/contracts-catalog';
import type { ProcedureRecord, ReportedFigures, UnitVersion } from '@index766/index-766';
import { parseInstant, parseLocalDay, type Instant, type LocalDay, type OfficerPseudonym, type ProcedureCode, type UnitCode } from '@index766/kernel';
import type { ReferenceCache } from '@index766/platform-mongo';
import type { CalendarDefinition } from '@index766/working-time';

import type { Absence, Officer, ReferenceRecords } from '../reference';
import type { ReferenceRecord } from '../reference-record';
import { reconstituteEntry, type ReferenceContent } from './mongo-reference';

type VersionOf<Kind extends ReferenceRecord['kind']> = Extract<ReferenceRecord, { kind: Kind }>;

/** What is found by going through all records, once for each revision. */
interface Derived {
  readonly revision: number;
  readonly proceduresByUnit: ReadonlyMap<UnitCode, readonly ProcedureRecord[]>;
  readonly reportedByPeriod: ReadonlyMap<string, ReadonlyMap<UnitCode, ReportedFigures>>;
}

const NO_PROCEDURES: readonly ProcedureRecord[] = [];
const NO_REPORTS: ReadonlyMap<UnitCode, ReportedFigures> = new Map();

/** The reference records of this member's cache, in the terms of the domain. */
export class CachedReferenceRecords implements ReferenceRecords {
  private derived: Derived | undefined;

  /** @param until leaves out what became known later; all records if absent */
  constructor(
    private readonly cache: Pick<ReferenceCache<ReferenceContent>, 'revision' | 'find' | 'entries'>,
    private readonly until?: Instant,
  ) {}

  get revision(): number {
    return this.cache.revision;
  }

  knownBy(instant: Instant): ReferenceRecords {
    return new CachedReferenceRecords(this.cache, instant);
  }

  *units(): Iterable<UnitVersion> {
    for (const { data } of this.versionsOf('unit')) {
      yield {
        code: data.code as UnitCode,
        name: data.name,
        level: data.level,
        parent: data.parent as UnitCode | null,
        validFrom: dayOf(data.validFrom),
        validTo: data.validTo === undefined ? null : dayOf(data.validTo),
        successor: (data.successor ?? null) as UnitCode | null,
      };
    }
  }

  *calendars(): Iterable<CalendarDefinition> {
    // The contract checked the record when it was read; only `undefined` for absent fields differs in the types.
    for (const { data } of this.versionsOf('calendar')) yield data;
  }

  procedureName(code: ProcedureCode): string | undefined {
    return this.versions('procedure', code).at(-1)?.data.name;
  }

  resultDocumentOn(code: ProcedureCode, unit: UnitCode | null, day: LocalDay): boolean | undefined {
    const versions = this.versions('procedure', unit === null ? code : `${code}@${unit}`);
    const inForce = versionInForce(versions.map(({ data }) => data), day);
    // A record that says nothing of it stands for a procedure that has one (the contract's default).
    return inForce === undefined ? undefined : inForce.resultDocument ?? true;
  }

  proceduresOf(unit: UnitCode): readonly ProcedureRecord[] {
    return this.deriveOnce().proceduresByUnit.get(unit) ?? NO_PROCEDURES;
  }

  reportingSinceOf(unit: UnitCode): LocalDay | undefined {
    const since = this.versions('unit', unit).at(-1)?.data.reportingSince;
    return since === undefined ? undefined : dayOf(since);
  }

  unitsWithProcedures(): Iterable<UnitCode> {
    return this.deriveOnce().proceduresByUnit.keys();
  }

  reportedFor(period: string): ReadonlyMap<UnitCode, ReportedFigures> {
    return this.deriveOnce().reportedByPeriod.get(period) ?? NO_REPORTS;
  }

  /** Of an officer there is the newest record alone: it says what was known before, too. */
  officer(pseudonym: OfficerPseudonym): Officer | undefined {
    const content = this.cache.find(`officer:${pseudonym}`);
    const [newest] = content === undefined ? [] : (reconstituteEntry(content).versions as readonly VersionOf<'officer'>[]).slice(-1);
    if (newest === undefined || newest.data === null) return undefined;
    const { data: described } = newest;
    const known = officerKnowledge(described, this.until);
    return {
      pseudonym,
      name: described.name,
      title: described.title ?? null,
      division: described.department ?? null,
      unit: described.unit as UnitCode,
      ambiguous: known.ambiguous,
      mergedInto: (known.mergedInto ?? null) as OfficerPseudonym | null,
      absences: known.absences.map(({ firstDay, lastDay }): Absence => ({ firstDay: dayOf(firstDay), lastDay: dayOf(lastDay) })),
    };
  }

  private deriveOnce(): Derived {
    const { revision } = this.cache;
    this.derived = this.derived?.revision === revision ? this.derived : {
      revision, proceduresByUnit: this.proceduresByUnit(), reportedByPeriod: this.reportedByPeriod(),
    };
    return this.derived;
  }

  private proceduresByUnit(): ReadonlyMap<UnitCode, readonly ProcedureRecord[]> {
    const byUnit = new Map<UnitCode, ProcedureRecord[]>();
    for (const { data } of this.versionsOf('procedure')) {
      if (data.unit === undefined) continue;
      const unit = data.unit as UnitCode;
      const known = byUnit.get(unit);
      if (known === undefined) byUnit.set(unit, [procedureRecord(data)]);
      else known.push(procedureRecord(data));
    }
    return byUnit;
  }

  private reportedByPeriod(): ReadonlyMap<string, ReadonlyMap<UnitCode, ReportedFigures>> {
    const byPeriod = new Map<string, Map<UnitCode, ReportedFigures>>();
    // Later versions of a key come later and stand in the place of the ones before.
    for (const { data: { unit, measure, period, value } } of this.versionsOf('figure')) {
      const ofPeriod = byPeriod.get(period) ?? new Map<UnitCode, ReportedFigures>();
      ofPeriod.set(unit as UnitCode, { ...ofPeriod.get(unit as UnitCode), [measure]: value });
      byPeriod.set(period, ofPeriod);
    }
    return byPeriod;
  }

  private versions<Kind extends ReferenceRecord['kind']>(kind: Kind, key: string): readonly VersionOf<Kind>[] {
    const content = this.cache.find(`${kind}:${key}`);
    return content === undefined ? [] : this.knownVersions<Kind>(content);
  }

  private *versionsOf<Kind extends ReferenceRecord['kind']>(kind: Kind): Iterable<VersionOf<Kind>> {
    for (const [, content] of this.cache.entries()) if (content.kind === kind) yield* this.knownVersions<Kind>(content);
  }

  private knownVersions<Kind extends ReferenceRecord['kind']>(content: ReferenceContent): readonly VersionOf<Kind>[] {
    const { until } = this;
    const versions = reconstituteEntry(content).versions as readonly VersionOf<Kind>[];
    return until === undefined ? versions : versions.filter(({ knownAt }) => knownAt <= until);
  }
}

const NOTHING_KNOWN: OfficerKnown = { ambiguous: false, absences: [] };

type OfficerKnown = Pick<OfficerDescribed, 'mergedInto' | 'ambiguous' | 'absences'>;

/** Merge, ambiguity and absences as they were recorded by K; a record that does not say since when holds for every K. */
function officerKnowledge({ knownSince, earlier = [], ...newest }: OfficerDescribed, until: Instant | undefined): OfficerKnown {
  const isKnown = (since: string): boolean => until === undefined || (parseInstant(since) ?? Infinity) <= until;
  if (knownSince === undefined || isKnown(knownSince)) return newest;
  return earlier.findLast((each) => isKnown(each.knownSince)) ?? NOTHING_KNOWN;
}

function procedureRecord({ code, validFrom, validTo, announcement, publication, ...flags }: ProcedureVersioned): ProcedureRecord {
  return {
    ...flags,
    code: code as ProcedureCode,
    validFrom: dayOf(validFrom),
    validTo: validTo === undefined ? null : dayOf(validTo),
    announcement: dutyOf(announcement),
    publication: dutyOf(publication),
  };
}

function dutyOf(duty: ProcedureVersioned['announcement']): ProcedureRecord['announcement'] {
  if (duty === undefined) return undefined;
  return { dueOn: duty.dueOn === undefined ? undefined : dayOf(duty.dueOn), on: duty.on === undefined ? undefined : dayOf(duty.on) };
}

function dayOf(text: string): LocalDay {
  const day = parseLocalDay(text);
  if (day === undefined) throw new Error('REFERENCE.BROKEN_DAY: a stored reference record holds no day');
  return day;
}
