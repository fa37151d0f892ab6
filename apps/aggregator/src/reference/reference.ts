import { chainOf, treeOn, type UnitTree, type UnitVersion } from '@index766/index-766';
import { compareText, type LocalDay, type OfficerPseudonym, type ProcedureCode, type UnitCode } from '@index766/kernel';
import { VIETNAM_CALENDAR, calendarFor, type CalendarDefinition, type WorkingCalendar } from '@index766/working-time';

export interface Officer {
  readonly pseudonym: OfficerPseudonym;
  readonly name: string;
  readonly title: string | null;
  readonly division: string | null;
  readonly unit: UnitCode;
  /** Two people share name, unit and department: nothing can be laid to either. */
  readonly ambiguous: boolean;
  /** The pseudonym that stands for the same person. */
  readonly mergedInto: OfficerPseudonym | null;
  readonly absences: readonly Absence[];
}

/** First and last day, both inclusive. */
export interface Absence {
  readonly firstDay: LocalDay;
  readonly lastDay: LocalDay;
}

/** The reference records that this member knows now. */
export interface ReferenceRecords {
  /** Counts the changes: whatever was derived from an older one is derived anew. */
  readonly revision: number;
  /** Versions of one unit in the order in which they became known. */
  units(): Iterable<UnitVersion>;
  calendars(): Iterable<CalendarDefinition>;
  procedureName(code: ProcedureCode): string | undefined;
  officer(pseudonym: OfficerPseudonym): Officer | undefined;
}

const TREES_KEPT = 64;

/**
 * What the other stages ask about units, calendars, procedures and officers. Trees are derived once for each day and
 * revision.
 */
export class Reference {
  private trees = new Map<LocalDay, UnitTree>();
  private treesRevision = -1;
  private newestCalendar: { readonly revision: number; readonly calendar: CalendarDefinition } | undefined;

  constructor(private readonly records: ReferenceRecords) {}

  /** The tree valid on a day; a period's last day decides for the whole period. */
  treeOn(day: LocalDay): UnitTree {
    if (this.treesRevision !== this.records.revision || this.trees.size > TREES_KEPT) {
      this.trees = new Map();
      this.treesRevision = this.records.revision;
    }
    const tree = this.trees.get(day) ?? treeOn(day, this.records.units());
    this.trees.set(day, tree);
    return tree;
  }

  /** The newest version of the calendar; the one that ships while the catalog has said nothing yet. */
  calendar(): CalendarDefinition {
    const { revision } = this.records;
    // Every measuring of a unit and period asks for it, and finding it means going through all reference records.
    if (this.newestCalendar?.revision !== revision) {
      const newestFirst = [...this.records.calendars()].sort((a, b) => compareText(a.id, b.id) || b.version - a.version);
      this.newestCalendar = { revision, calendar: newestFirst[0] ?? VIETNAM_CALENDAR };
    }
    return this.newestCalendar.calendar;
  }

  calendarOf(unit: UnitCode, day: LocalDay): WorkingCalendar {
    return calendarFor(this.calendar(), chainOf(this.treeOn(day), unit));
  }

  procedureName(code: ProcedureCode): string | undefined {
    return this.records.procedureName(code);
  }

  officer(pseudonym: OfficerPseudonym): Officer | undefined {
    return this.records.officer(pseudonym);
  }
}
