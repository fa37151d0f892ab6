import type { UnitVersion } from '@index766/index-766';
import { parseLocalDay, type LocalDay, type OfficerPseudonym, type ProcedureCode, type UnitCode } from '@index766/kernel';
import type { ReferenceCache } from '@index766/platform-mongo';
import type { CalendarDefinition } from '@index766/working-time';

import type { Absence, Officer, ReferenceRecords } from '../reference';
import type { ReferenceRecord } from '../reference-record';
import { reconstituteEntry, type ReferenceContent } from './mongo-reference';

/** The reference records of this member's cache, in the terms of the domain. */
export class CachedReferenceRecords implements ReferenceRecords {
  constructor(private readonly cache: ReferenceCache<ReferenceContent>) {}

  get revision(): number {
    return this.cache.revision;
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
    return this.newest('procedure', code)?.data.name;
  }

  officer(pseudonym: OfficerPseudonym): Officer | undefined {
    const described = this.newest('officer', pseudonym)?.data;
    if (described === undefined || described === null) return undefined;
    return {
      pseudonym,
      name: described.name,
      title: described.title ?? null,
      division: described.department ?? null,
      unit: described.unit as UnitCode,
      ambiguous: described.ambiguous,
      mergedInto: (described.mergedInto ?? null) as OfficerPseudonym | null,
      absences: described.absences.map(({ firstDay, lastDay }): Absence => ({ firstDay: dayOf(firstDay), lastDay: dayOf(lastDay) })),
    };
  }

  private newest<Kind extends ReferenceRecord['kind']>(kind: Kind, key: string): Extract<ReferenceRecord, { kind: Kind }> | undefined {
    const content = this.cache.find(`${kind}:${key}`);
    return content && (reconstituteEntry(content).versions.at(-1) as Extract<ReferenceRecord, { kind: Kind }> | undefined);
  }

  private *versionsOf<Kind extends ReferenceRecord['kind']>(kind: Kind): Iterable<Extract<ReferenceRecord, { kind: Kind }>> {
    for (const [, content] of this.cache.entries()) {
      if (content.kind === kind) yield* reconstituteEntry(content).versions as Iterable<Extract<ReferenceRecord, { kind: Kind }>>;
    }
  }
}

function dayOf(text: string): LocalDay {
  const day = parseLocalDay(text);
  if (day === undefined) throw new Error('REFERENCE.BROKEN_DAY: a stored reference record holds no day');
  return day;
}
