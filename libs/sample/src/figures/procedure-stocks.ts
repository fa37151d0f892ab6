import type { ProcedureCode } from '@index766/kernel';
import type { Counts } from './counts-by-unit';
import { placeLeft, type MarkedProcedures } from './left-procedures';
import {
  countedFor, isLimited, isStated, PROCEDURE_MARKS, SETS, SET_INDICATORS, SET_NAMES, sizeOf, type ProcedureMark, type SetName,
} from './procedure-marks';
import { paidByDossiers, payersOf, sequencesOf, type ProcedureSequences, type StockingUnit } from './procedure-sequences';

/** A procedure that has to count in a unit: one of its dossiers carries all the marks. */
export interface ProcedureUse {
  readonly procedure: ProcedureCode;
  readonly marks: readonly ProcedureMark[];
  /** A fee makes it count neither in the unit nor in one above where it does not count anyway. */
  readonly isFeeHarmless: boolean;
}

/** A procedure in a unit's own sets: online services, fee procedures (F), citizen procedures. */
export interface StockedProcedure {
  readonly procedure: ProcedureCode;
  readonly online: boolean;
  readonly fee: boolean;
  readonly citizen: boolean;
}

export interface UnitProcedures {
  readonly uses: readonly ProcedureUse[];
  /** Paid for in the period by dossiers that nobody has received yet: more than dossiers of 2.1 that paid. */
  readonly paidBeforeReceipt: readonly ProcedureCode[];
  readonly stock: readonly StockedProcedure[];
}

export const NO_PROCEDURES: UnitProcedures = { uses: [], paidBeforeReceipt: [], stock: [] };

export interface SharedProcedures {
  readonly procedures: readonly UnitProcedures[];
  readonly misfits: readonly string[];
}

/**
 * Which procedures every unit counts, offers and receives, so that those of all units together are those of the parent.
 *
 * @param whole the parent's rows, if the units make up its dossiers of 2.1.
 */
export function shareProcedures(units: readonly StockingUnit[], whole: Counts): SharedProcedures {
  const planned = sequencesOf(units, whole);
  const placed = placeLeft(units, new Map(units.map((unit) => [unit, ownUses(unit, planned)])), planned);
  const sequences: ProcedureSequences = { ...planned, sets: placed.sets };
  const holder = units.filter(({ isBalancing }) => isBalancing).at(-1);
  const feeProcedures = new Set(sequences.sets.fee);
  const countedByFee = new Set([...placed.uses.values()].flatMap((uses) => [...uses].filter(([, marks]) => marks.includes('fee')).map(([procedure]) => procedure)));
  const procedures = units.map((unit): UnitProcedures => {
    const uses = withPayment(unit, placed.uses.get(unit) ?? new Map(), sequences, whole);
    const stocks = new Map(SET_NAMES.map((name) => [name, unit === holder && isStated(name, whole) ? sequences.sets[name] : stockOf(name, unit, uses, sequences)]));
    const ownFees = new Set(stocks.get('fee'));
    const isOwnFee = (procedure: ProcedureCode) => ownFees.has(procedure) && unit.rows.has(SET_INDICATORS.fee);
    const isFeeHarmless = (procedure: ProcedureCode) => !feeProcedures.has(procedure) || (countedByFee.has(procedure) && !ownFees.has(procedure))
      || (!whole.has(SET_INDICATORS.fee) && !isOwnFee(procedure));
    return {
      uses: [...uses].map(([procedure, marks]) => ({ procedure, marks, isFeeHarmless: isFeeHarmless(procedure) })),
      paidBeforeReceipt: unit === holder ? placed.paidBeforeReceipt : sequences.ofUnit(unit).paid.slice(paidByDossiers(unit)),
      stock: stocked(stocks),
    };
  });
  const unpaid = placed.paidBeforeReceipt.length > 0 && holder === undefined ? [SET_INDICATORS.paid] : [];
  return { procedures, misfits: [...placed.misfits, ...unpaid] };
}

/** A dossier of a unit carries every mark for which its procedure counts there. */
function ownUses(unit: StockingUnit, sequences: ProcedureSequences): MarkedProcedures {
  const own = sequences.ofUnit(unit);
  const uses = new Map<ProcedureCode, readonly ProcedureMark[]>();
  for (const mark of PROCEDURE_MARKS) {
    for (const procedure of mark === 'paid' ? own.paid.slice(0, paidByDossiers(unit)) : own[mark]) uses.set(procedure, [...(uses.get(procedure) ?? []), mark]);
  }
  return uses;
}

/**
 * A payment makes its procedure count, so a unit of which nothing is said takes one that counts for its parent anyway. Without
 * a dossier for it, what is paid was paid before the period.
 */
function withPayment(unit: StockingUnit, uses: MarkedProcedures, { sets: { fee: [first] } }: ProcedureSequences, whole: Counts): MarkedProcedures {
  const isPaid = payersOf(unit.counts) > 0 && !isStated('fee', unit.rows) && whole.get(SET_INDICATORS.paid)?.numerator !== 0;
  const needing = (...marks: readonly ProcedureMark[]) => [...uses.values()].filter((own) => own.some((mark) => marks.includes(mark))).length;
  const hasRoom = uses.size < unit.dossiers && needing('online', 'paid') < unit.counts.received && needing('paid', 'fee') < unit.counts.obliged;
  if (!isPaid || !hasRoom || first === undefined || uses.has(first) || needing('paid') > 0) return uses;
  return new Map([[first, ['paid']], ...uses]);
}

/** The procedures of one set of a unit: those that count, then others from the end of the parent's. */
function stockOf(name: SetName, unit: StockingUnit, uses: MarkedProcedures, sequences: ProcedureSequences): readonly ProcedureCode[] {
  const marks: readonly ProcedureMark[] = SETS[name].marks;
  const counts = (procedure: ProcedureCode) => uses.get(procedure)?.some((mark) => marks.includes(mark)) ?? false;
  if (unit.rows.size === 0) return [...uses.keys()].filter(counts);
  const windows = sequences.ofUnit(unit);
  const own = new Set(marks.filter((mark) => countedFor(mark, unit.rows) > 0).flatMap((mark) => windows[mark]));
  // What counts in the parent alone is in no set of the unit, unless nobody counts it there; what it has dossiers of for other reasons comes last.
  const mustNotCount = (procedure: ProcedureCode) => uses.get(procedure)?.some((mark) => marks.includes(mark) && isLimited(mark, unit.rows)) ?? false;
  const others = [...sequences.sets[name]].filter((procedure) => !own.has(procedure) && !mustNotCount(procedure)).reverse()
    .sort((a, b) => Number(uses.has(a)) - Number(uses.has(b)));
  // What is paid for and must not count by its fee is in no set of the unit: it is one of the procedures that were paid for besides (X).
  const isOutside = (procedure: ProcedureCode) => uses.get(procedure)?.some((mark) => marks.includes(mark) && isLimited(mark, unit.rows) && !windows[mark].includes(procedure)) ?? false;
  return [...[...own].filter((procedure) => !isOutside(procedure)), ...others.slice(0, Math.max(0, sizeOf(name, unit.rows) - own.size))];
}

function stocked(stocks: ReadonlyMap<SetName, readonly ProcedureCode[]>): readonly StockedProcedure[] {
  const [online, fee, citizen] = SET_NAMES.map((name) => new Set(stocks.get(name)));
  return [...new Set([...stocks.values()].flat())].map((procedure) => ({
    procedure, online: online?.has(procedure) ?? false, fee: fee?.has(procedure) ?? false, citizen: citizen?.has(procedure) ?? false,
  }));
}
