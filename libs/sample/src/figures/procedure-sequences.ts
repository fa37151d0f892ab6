import type { ProcedureCode } from '@index766/kernel';
import type { Counts } from './counts-by-unit';
import type { CountedUnit, DossierCounts } from './dossier-counts';
import {
  countedFor, isStated, procedureCode, SETS, SET_OF, sizeOf, type ProcedureMark, type SetName,
} from './procedure-marks';

export interface StockingUnit extends CountedUnit {
  readonly isBalancing: boolean;
  readonly counts: DossierCounts;
}

/** The procedures of a parent and which of them count in each of its units. */
export interface ProcedureSequences {
  /** All procedures of a set, first those that count in it. */
  readonly sets: Readonly<Record<SetName, readonly ProcedureCode[]>>;
  /** Those of a unit that count, by mark. */
  readonly ofUnit: (unit: StockingUnit) => Readonly<Record<ProcedureMark, readonly ProcedureCode[]>>;
  /** Those that have to count in the parent and that none of its units counts. */
  readonly left: Readonly<Record<ProcedureMark, readonly ProcedureCode[]>>;
}

/** Codes that are in several sets: of small units, and of what is left, so that one dossier lets a procedure count in all of them. */
const [SMALL_FAMILY, LEFT_FAMILY] = [1, 6];

/**
 * Distinct counts are unions (index-766.md §2): the procedures that count in the units follow each other in the parent's
 * set until there are as many as the parent counts; what is more of them overlaps. Units with so few dossiers that one has
 * to count for several sets take theirs from the beginning, in every set the same.
 */
export function sequencesOf(units: readonly StockingUnit[], whole: Counts): ProcedureSequences {
  const windows = byMark((mark) => windowsOf(mark, units, whole));
  const small = units.filter(isSmall);
  const leftOf = (mark: ProcedureMark) => Math.max(0, countedFor(mark, whole) - windows[mark].end);
  const countedIn = (name: SetName) => Math.max(...SETS[name].marks.map((mark) => windows[mark].end));
  const sequenceOf = (name: SetName): readonly ProcedureCode[] => {
    const marks: readonly ProcedureMark[] = SETS[name].marks;
    const shared = Math.max(0, ...small.flatMap(({ rows }) => marks.map((mark) => countedFor(mark, rows))));
    const counted = countedIn(name);
    const left = Math.min(Math.max(0, ...marks.map((mark) => leftOf(mark))), Math.max(0, sizeOf(name, whole) - counted));
    const unused = isStated(name, whole) ? sizeOf(name, whole) - counted - left
      : Math.max(0, ...units.map(({ rows }) => sizeOf(name, rows) - Math.max(...marks.map((mark) => countedFor(mark, rows)))));
    const own = (from: number, count: number) => codes(SETS[name].family, from + count).slice(from);
    return [...codes(SMALL_FAMILY, shared), ...own(0, counted - shared), ...codes(LEFT_FAMILY, left), ...own(counted - shared, unused)];
  };
  const sets = { online: sequenceOf('online'), fee: sequenceOf('fee'), citizen: sequenceOf('citizen') };
  return {
    sets,
    ofUnit: (unit) => byMark((mark) => {
      const start = windows[mark].starts.get(unit) ?? 0;
      return sets[SET_OF[mark]].slice(start, start + countedFor(mark, unit.rows));
    }),
    left: byMark((mark) => {
      const [sequence, end] = [sets[SET_OF[mark]], countedIn(SET_OF[mark])];
      const from = end + leftOf(mark) <= sequence.length ? end : windows[mark].end;
      return sequence.slice(from, from + leftOf(mark));
    }),
  };
}

/** Dossiers that were received in the period and can have paid in it. */
export function payersOf({ paid, received }: DossierCounts): number {
  return Math.min(paid, received);
}

/**
 * Of the procedures that are paid for in the period, how many are by dossiers of 2.1. Half of the dossiers that no other
 * procedure of the unit needs are left for those that count in the parent alone.
 */
export function paidByDossiers(unit: StockingUnit): number {
  const { rows, counts, dossiers } = unit;
  const unneeded = Math.min(dossiers - neededOf(unit), counts.received - countedFor('online', rows), counts.obliged - countedFor('fee', rows));
  const room = isSmall(unit) ? payersOf(counts) : Math.ceil(unneeded / 2);
  return Math.max(0, Math.min(countedFor('paid', rows), payersOf(counts), room));
}

/** Where in the parent's set the procedures of each unit begin, and where those of all of them end. */
function windowsOf(mark: ProcedureMark, units: readonly StockingUnit[], whole: Counts): { starts: ReadonlyMap<StockingUnit, number>; end: number } {
  const count = ({ rows }: StockingUnit) => countedFor(mark, rows);
  const fixed = units.filter((unit) => isSmall(unit) || (SET_OF[mark] === 'fee' && isFullOfFees(unit)));
  const others = units.filter((unit) => !fixed.includes(unit) && count(unit) > 0).sort((a, b) => count(b) - count(a));
  let end = Math.max(0, ...fixed.map(count));
  const limit = isStated(SET_OF[mark], whole) ? Math.max(countedFor(mark, whole), end, ...others.map(count)) : end + Math.max(0, ...others.map(count));
  const starts = new Map<StockingUnit, number>();
  for (const unit of others) {
    const start = Math.min(end, limit - count(unit));
    starts.set(unit, start);
    end = Math.max(end, start + count(unit));
  }
  return { starts, end };
}

/** With a dossier for each procedure of each set there would be more of them than it has. */
function isSmall(unit: StockingUnit): boolean {
  return neededOf(unit) > unit.dossiers;
}

/** Dossiers for each procedure that has to have one; who pays for a procedure need not have been received. */
function neededOf({ rows }: StockingUnit): number {
  return countedFor('online', rows) + countedFor('fee', rows) + countedFor('populationData', rows);
}

/** Procedures that are paid for and procedures with a fee have to be the same ones. */
function isFullOfFees({ rows }: StockingUnit): boolean {
  return countedFor('paid', rows) + countedFor('fee', rows) > sizeOf('fee', rows);
}

function codes(family: number, count: number): readonly ProcedureCode[] {
  return Array.from({ length: Math.max(0, count) }, (_, index) => procedureCode(family, index));
}

function byMark<Value>(valueOf: (mark: ProcedureMark) => Value): Readonly<Record<ProcedureMark, Value>> {
  return { online: valueOf('online'), paid: valueOf('paid'), fee: valueOf('fee'), populationData: valueOf('populationData') };
}
