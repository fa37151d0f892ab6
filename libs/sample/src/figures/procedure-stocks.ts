import type { ProcedureCode } from '@index766/kernel';
import type { Counts } from './counts-by-unit';
import type { CountedUnit, DossierCounts } from './dossier-counts';

/** What can be true of a dossier and lets its procedure count: in 3.2, 3.5a, 3.5b, 4.5a. */
export const PROCEDURE_MARKS = ['online', 'paid', 'fee', 'populationData'] as const;
export type ProcedureMark = (typeof PROCEDURE_MARKS)[number];

/** A procedure that has to count in a unit: one of its dossiers carries all the marks. */
export interface ProcedureUse {
  readonly procedure: ProcedureCode;
  readonly marks: readonly ProcedureMark[];
  /** No unit below the parent has it among its fee procedures, so that a fee makes it count nowhere. */
  readonly isOutsideFees: boolean;
}

type WantedUse = Omit<ProcedureUse, 'isOutsideFees'>;

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

export interface StockingUnit extends CountedUnit {
  readonly isBalancing: boolean;
  readonly counts: DossierCounts;
}

/** Where the procedures with a mark are counted. */
export const SET_INDICATORS: Readonly<Record<ProcedureMark, string>> = { online: '3.2', paid: '3.5a', fee: '3.5b', populationData: '4.5a' };
/** Sets of procedures, each with the marks that are counted in it. The codes of what is in no other set begin alike. */
const SETS = {
  online: { marks: ['online'], family: 2 }, fee: { marks: ['paid', 'fee'], family: 3 }, citizen: { marks: ['populationData'], family: 4 },
} as const satisfies Record<string, { marks: readonly ProcedureMark[]; family: number }>;
type SetName = keyof typeof SETS;
const SET_NAMES = ['online', 'fee', 'citizen'] as const satisfies readonly SetName[];
const SHARED_FAMILY = 1;

/**
 * Which procedures every unit counts, offers and receives. Distinct counts are unions: units below one parent take their
 * procedures from the same beginning of the parent's, and the balancing units take the rest of them.
 *
 * @param whole the parent's rows, if the units make up its dossiers of 2.1.
 */
export function shareProcedures(units: readonly StockingUnit[], whole: Counts): SharedProcedures {
  const sets = new Map(SET_NAMES.map((name) => [name, sequenceOf(name, units.map(({ rows }) => rows), whole)]));
  const balancing = units.filter(({ isBalancing }) => isBalancing);
  const { uses, paidBeforeReceipt, misfits } = balancingUses(units, balancing, whole);
  const feeProcedures = new Set(sets.get('fee'));
  const procedures = units.map((unit): UnitProcedures => {
    const own = withPayment(unit, unit.isBalancing ? (uses.get(unit) ?? []) : ownUses(unit), whole);
    const isHolder = unit === balancing.at(-1);
    const unreceived = isHolder ? paidBeforeReceipt : unreceivedPayments(unit);
    const stocks = new Map(SET_NAMES.map((name) => [name, stockOf(name, unit, own, sets.get(name) ?? [], isHolder && isStated(name, whole))]));
    return {
      uses: own.map((use) => ({ ...use, isOutsideFees: !feeProcedures.has(use.procedure) })),
      paidBeforeReceipt: unreceived,
      stock: stocked(stocks),
    };
  });
  return { procedures, misfits };
}

/** The online services of a parent: it may offer those itself without offering more. */
export function onlineServices(units: readonly Counts[], whole: Counts): readonly ProcedureCode[] {
  return sequenceOf('online', units, whole);
}

/** The procedures of a set of the parent: first those that may count, in every set the same, then others of this set alone. */
function sequenceOf(name: SetName, units: readonly Counts[], whole: Counts): readonly ProcedureCode[] {
  const own = countedIn(name, whole);
  const parts = units.map((rows) => countedIn(name, rows));
  const counted = Math.max(own.counted, ...parts.map((part) => part.counted));
  const others = isStated(name, whole) ? own.all - counted : Math.max(0, ...parts.map((part) => part.all - part.counted));
  return [...shared(counted), ...Array.from({ length: Math.max(0, others) }, (_, index) => procedureCode(SETS[name].family, index))];
}

function countedIn(name: SetName, rows: Counts): { counted: number; all: number } {
  const marked = SETS[name].marks.map((mark) => rows.get(SET_INDICATORS[mark]));
  return {
    counted: Math.max(...marked.map((row) => row?.numerator ?? 0)),
    all: Math.max(...marked.map((row) => row?.denominator ?? 0)),
  };
}

function isStated(name: SetName, whole: Counts): boolean {
  return SETS[name].marks.some((mark) => whole.has(SET_INDICATORS[mark]));
}

/** The uses of a unit of the file: its n-th procedure has every mark of which there are so many. */
function ownUses({ rows, counts }: StockingUnit): readonly WantedUse[] {
  const limits = new Map(PROCEDURE_MARKS.map((mark) => [mark, rows.get(SET_INDICATORS[mark])?.numerator ?? 0]));
  limits.set('paid', Math.min(limits.get('paid') ?? 0, payers(counts)));
  return shared(Math.max(0, ...limits.values())).map((procedure, index) => ({
    procedure, marks: PROCEDURE_MARKS.filter((mark) => index < (limits.get(mark) ?? 0)),
  }));
}

/** Dossiers that were received in the period and can have paid in it. */
function payers({ paid, received }: DossierCounts): number {
  return Math.min(paid, received);
}

function unreceivedPayments({ rows, counts }: StockingUnit): readonly ProcedureCode[] {
  return shared(rows.get(SET_INDICATORS.paid)?.numerator ?? 0).slice(payers(counts));
}

/** A payment makes its procedure count, so a unit of which nothing is said takes one that counts for its parent anyway. */
function withPayment(unit: StockingUnit, uses: readonly WantedUse[], whole: Counts): readonly WantedUse[] {
  const [first] = shared(1);
  const stated = unit.rows.get(SET_INDICATORS.paid) ?? whole.get(SET_INDICATORS.paid);
  const isPaid = payers(unit.counts) > 0 && stated?.numerator !== 0;
  if (!isPaid || uses.some(({ marks }) => marks.includes('paid')) || first === undefined) return uses;
  const rest = uses.filter(({ procedure }) => procedure !== first);
  const marks = uses.find(({ procedure }) => procedure === first)?.marks ?? [];
  return [{ procedure: first, marks: PROCEDURE_MARKS.filter((mark) => mark === 'paid' || marks.includes(mark)) }, ...rest];
}

interface Capacity {
  readonly unit: StockingUnit;
  readonly uses: Map<ProcedureCode, ProcedureMark[]>;
  readonly left: Record<ProcedureMark, number>;
  dossiers: number;
  received: number;
}

/** What the parent counts beyond its units, each procedure in the first balancing unit with a dossier for it. */
function balancingUses(units: readonly StockingUnit[], balancing: readonly StockingUnit[], whole: Counts) {
  const capacities = balancing.map((unit): Capacity => ({
    unit, uses: new Map(), dossiers: unit.dossiers, received: unit.counts.received,
    left: { online: unit.counts.online, paid: payers(unit.counts), fee: unit.counts.obliged, populationData: unit.counts.populationData },
  }));
  const needs = new Map(PROCEDURE_MARKS.map((mark) => [mark, {
    from: Math.max(0, ...units.map(({ rows }) => rows.get(SET_INDICATORS[mark])?.numerator ?? 0)), to: whole.get(SET_INDICATORS[mark])?.numerator ?? 0,
  }]));
  const [paidBeforeReceipt, misfits]: [ProcedureCode[], Set<string>] = [[], new Set()];
  for (const [index, procedure] of shared(Math.max(0, ...[...needs.values()].map(({ to }) => to))).entries()) {
    const marks = PROCEDURE_MARKS.filter((mark) => index >= (needs.get(mark)?.from ?? 0) && index < (needs.get(mark)?.to ?? 0));
    for (const part of marks.length === 0 || take(capacities, procedure, marks) ? [] : marks) {
      if (take(capacities, procedure, [part])) continue;
      if (part === 'paid') paidBeforeReceipt.push(procedure);
      else misfits.add(SET_INDICATORS[part]);
    }
  }
  if (paidBeforeReceipt.length > 0 && balancing.length === 0) misfits.add(SET_INDICATORS.paid);
  const uses = new Map(capacities.map(({ unit, uses: taken }) => [unit, [...taken].map(([procedure, marks]): WantedUse => ({ procedure, marks }))]));
  return { uses, paidBeforeReceipt, misfits: [...misfits] };
}

/** Gives one dossier of a unit to a procedure, if there is one left that can carry the marks. */
function take(capacities: readonly Capacity[], procedure: ProcedureCode, marks: readonly ProcedureMark[]): boolean {
  const isReceived = marks.includes('online') || marks.includes('paid');
  const found = capacities.find(({ dossiers, received, left, uses }) =>
    !uses.has(procedure) && dossiers > 0 && (!isReceived || received > 0) && marks.every((mark) => left[mark] > 0));
  if (found === undefined) return false;
  found.uses.set(procedure, [...marks]);
  found.dossiers -= 1;
  if (isReceived) found.received -= 1;
  for (const mark of marks) found.left[mark] -= 1;
  return true;
}

/** The procedures of one set of a unit: those that count, then others from the end of the parent's. */
function stockOf(
  name: SetName, { rows }: StockingUnit, uses: readonly WantedUse[], sequence: readonly ProcedureCode[], isWhole: boolean,
): readonly ProcedureCode[] {
  if (isWhole) return sequence;
  const marks: readonly ProcedureMark[] = SETS[name].marks;
  const { counted, all } = countedIn(name, rows);
  const own = all === 0 ? [] : shared(counted);
  const used = new Set(uses.map(({ procedure }) => procedure));
  const candidates = [...sequence.slice(own.length)].reverse().sort((a, b) => Number(used.has(a)) - Number(used.has(b)));
  const balanced = rows.size === 0 ? uses.filter((use) => use.marks.some((mark) => marks.includes(mark))).map(({ procedure }) => procedure) : [];
  return [...own, ...candidates.slice(0, Math.max(0, all - own.length)), ...balanced];
}

function stocked(stocks: ReadonlyMap<SetName, readonly ProcedureCode[]>): readonly StockedProcedure[] {
  const [online, fee, citizen] = SET_NAMES.map((name) => new Set(stocks.get(name)));
  return [...new Set([...stocks.values()].flat())].map((procedure) => ({
    procedure, online: online?.has(procedure) ?? false, fee: fee?.has(procedure) ?? false, citizen: citizen?.has(procedure) ?? false,
  }));
}

function shared(count: number): readonly ProcedureCode[] {
  return Array.from({ length: count }, (_, index) => procedureCode(SHARED_FAMILY, index));
}

/** Made-up codes of the sample begin with 9, which no real one does. */
export function procedureCode(family: number, index: number): ProcedureCode {
  return `9.${family}${String(index + 1).padStart(5, '0')}` as ProcedureCode;
}
