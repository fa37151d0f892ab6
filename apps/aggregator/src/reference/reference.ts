import {
  NO_STOCKS, chainOf, placeOf, procedureStocks, treeOn, type HasResultDocument, type ProcedureRecord, type ProcedureStocks, type ReportedFigures,
  type ReportsOfUnits, type UnitTree, type UnitVersion,
} from '@index766/index-766';
import {
  addDays, compareText, localDayOf, type Instant, type LocalDay, type OfficerPseudonym, type Period, type ProcedureCode, type UnitCode,
} from '@index766/kernel';
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

/** The reference records that this member knows now, or knew at an instant. */
export interface ReferenceRecords {
  /** Counts the changes: whatever was derived from an older one is derived anew. */
  readonly revision: number;
  /** Versions of one unit in the order in which they became known. */
  units(): Iterable<UnitVersion>;
  calendars(): Iterable<CalendarDefinition>;
  procedureName(code: ProcedureCode): string | undefined;
  /** Whether a procedure ends with a result document, by the records of this key alone; undefined: they do not say. */
  resultDocumentOn(code: ProcedureCode, unit: UnitCode | null, day: LocalDay): boolean | undefined;
  /** Every version of every procedure of exactly this unit, in the order in which they became known. */
  proceduresOf(unit: UnitCode): readonly ProcedureRecord[];
  /** Periods that end after this day are published without being asked for; undefined: none are. */
  reportingSinceOf(unit: UnitCode): LocalDay | undefined;
  /** Units that have procedures of their own. */
  unitsWithProcedures(): Iterable<UnitCode>;
  /** What units reported for the period of this name, the last version of each. */
  reportedFor(period: string): ReadonlyMap<UnitCode, ReportedFigures>;
  officer(pseudonym: OfficerPseudonym): Officer | undefined;
  /** Without the records that became known later. */
  knownBy(instant: Instant): ReferenceRecords;
}

const TREES_KEPT = 64;
const DAYS_KEPT = 5_000;
/** Of each the answers for the procedures that somebody asked about, some hundred at most. */
const CHAINS_KEPT = 5_000;

/**
 * What the other stages ask about units, calendars, procedures, reported figures and officers. Trees are derived once for
 * each run of days without a change and revision, and so is what is said of result documents.
 */
export class Reference {
  private trees = new Map<LocalDay, UnitTree>();
  private treesByDay = new Map<LocalDay, UnitTree>();
  private treesRevision = -1;
  /** Days on which some version begins or is over, in their order: between two of them every tree is the same. */
  private changeDays: readonly LocalDay[] = [];
  private resultDocuments = new Map<string, Map<ProcedureCode, boolean>>();
  private resultDocumentsRevision = -1;
  private newestCalendar: { readonly revision: number; readonly calendar: CalendarDefinition } | undefined;

  constructor(private readonly records: ReferenceRecords) {}

  /** As it was known at K. */
  knownBy(instant: Instant): Reference {
    return new Reference(this.records.knownBy(instant));
  }

  /** Units, calendars and procedures as they were known at one instant, what units reported and officers as at another. */
  knownByParts(catalog: Instant, reports: Instant): Reference {
    const { records } = this;
    const later = records.knownBy(reports);
    const parts: Pick<ReferenceRecords, 'reportedFor' | 'officer'> = {
      reportedFor: (period) => later.reportedFor(period), officer: (pseudonym) => later.officer(pseudonym),
    };
    return new Reference(Object.assign(Object.create(records.knownBy(catalog)) as ReferenceRecords, parts));
  }

  reportingSinceOf(unit: UnitCode): LocalDay | undefined {
    return this.records.reportingSinceOf(unit);
  }

  /** The tree valid on a day; a period's last day decides for the whole period. */
  treeOn(day: LocalDay): UnitTree {
    if (this.treesRevision !== this.records.revision || this.trees.size > TREES_KEPT || this.treesByDay.size > DAYS_KEPT) this.forgetTrees();
    const known = this.treesByDay.get(day);
    if (known !== undefined) return known;
    const since = this.changeDays.findLast((change) => change <= day) ?? day;
    const tree = this.trees.get(since) ?? treeOn(day, this.records.units());
    this.trees.set(since, tree);
    this.treesByDay.set(day, tree);
    return tree;
  }

  private forgetTrees(): void {
    this.trees = new Map();
    this.treesByDay = new Map();
    if (this.treesRevision !== this.records.revision) this.changeDays = changeDaysOf(this.records.units());
    this.treesRevision = this.records.revision;
  }

  /** Every unit of which any version is known. */
  unitsEver(): ReadonlySet<UnitCode> {
    return new Set([...this.records.units()].map(({ code }) => code));
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
    return calendarFor(this.calendar(), this.chainFrom(unit, day));
  }

  /**
   * Whether procedures end with a result document for dossiers of a unit at T: the nearest unit's record that holds says
   * it, from the unit up; where nobody says it, they do.
   */
  hasResultDocument(unit: UnitCode, period: Period, evaluatedAt: Instant): HasResultDocument {
    const day = lastDayCounted(period, evaluatedAt);
    const units = [...this.chainFrom(unit, period.lastDay), null];
    const known = this.resultDocumentsOf(units, day);
    return (code) => {
      const before = known.get(code);
      if (before !== undefined) return before;
      const said = units.map((each) => this.records.resultDocumentOn(code, each, day)).find((each) => each !== undefined) ?? true;
      known.set(code, said);
      return said;
    };
  }

  /** What was found of a chain of units on a day: every measuring of a unit and period asks for the same procedures again. */
  private resultDocumentsOf(units: readonly (UnitCode | null)[], day: LocalDay): Map<ProcedureCode, boolean> {
    if (this.resultDocumentsRevision !== this.records.revision || this.resultDocuments.size > CHAINS_KEPT) {
      this.resultDocuments = new Map();
      this.resultDocumentsRevision = this.records.revision;
    }
    const key = `${units.join(' ')} ${day}`;
    const known = this.resultDocuments.get(key) ?? new Map<ProcedureCode, boolean>();
    this.resultDocuments.set(key, known);
    return known;
  }

  /** What a unit has of procedures at T, by its own records. */
  stocksOf(unit: UnitCode, period: Period, evaluatedAt: Instant): ProcedureStocks {
    const records = this.records.proceduresOf(unit);
    return records.length === 0 ? NO_STOCKS : procedureStocks(records, period, evaluatedAt);
  }

  unitsWithProcedures(): Iterable<UnitCode> {
    return this.records.unitsWithProcedures();
  }

  /** What units reported for exactly this period. */
  reportedFor(period: string): ReportsOfUnits {
    return this.records.reportedFor(period);
  }

  procedureName(code: ProcedureCode): string | undefined {
    return this.records.procedureName(code);
  }

  officer(pseudonym: OfficerPseudonym): Officer | undefined {
    return this.records.officer(pseudonym);
  }

  /** The unit where a dossier of a unit counts on a day, a closed one's successor, and those above it. */
  private chainFrom(unit: UnitCode, day: LocalDay): readonly UnitCode[] {
    const tree = this.treeOn(day);
    return chainOf(tree, placeOf(tree, unit));
  }
}

function changeDaysOf(versions: Iterable<UnitVersion>): readonly LocalDay[] {
  const days = new Set<LocalDay>();
  for (const { validFrom, validTo } of versions) {
    days.add(validFrom);
    if (validTo !== null) days.add(addDays(validTo, 1));
  }
  return [...days].sort((a, b) => a - b);
}

/** The day of T: at a period's end its last one. */
function lastDayCounted(period: Period, evaluatedAt: Instant): LocalDay {
  const day = localDayOf(evaluatedAt);
  return day > period.lastDay ? period.lastDay : day;
}
