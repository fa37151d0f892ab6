import type { ProcedureCode } from '@index766/kernel';
import { isLimited, isStated, procedureCode, PROCEDURE_MARKS, SET_INDICATORS, SET_NAMES, SET_OF, sizeOf, type ProcedureMark, type SetName } from './procedure-marks';
import { payersOf, type ProcedureSequences, type StockingUnit } from './procedure-sequences';

/** Procedures of a unit with the marks that one of its dossiers carries. */
export type MarkedProcedures = ReadonlyMap<ProcedureCode, readonly ProcedureMark[]>;

export interface PlacedProcedures {
  readonly uses: ReadonlyMap<StockingUnit, MarkedProcedures>;
  /** Paid for in the period, and no dossier of 2.1 has room for it. */
  readonly paidBeforeReceipt: readonly ProcedureCode[];
  /** Indicators of the parent of which no dossier has room for one. */
  readonly misfits: readonly string[];
  /** The parent's sets: a procedure of which no dossier was left is another one that some dossier has already. */
  readonly sets: Readonly<Record<SetName, readonly ProcedureCode[]>>;
}

/** Codes that are in one set alone. */
const ALONE_FAMILY = 7;

/** What of a unit's dossiers is not yet spoken for. */
interface Room {
  readonly unit: StockingUnit;
  readonly uses: Map<ProcedureCode, readonly ProcedureMark[]>;
  readonly left: Record<ProcedureMark, number>;
  /** Procedures that count in the unit itself. */
  readonly own: Readonly<Record<SetName, ReadonlySet<ProcedureCode>>>;
  /** The parent's sets, the same ones for all units. */
  readonly members: Readonly<Record<SetName, Set<ProcedureCode>>>;
  /** How many more of the parent need not be in the unit's own set: they count in the parent alone. */
  readonly foreign: Record<SetName, number>;
  /** Dossiers that need not carry what makes a procedure of a set count. */
  readonly spare: Record<SetName, number>;
  dossiers: number;
  received: number;
  obliged: number;
  /** Dossiers without a fee: those of procedures that would count by it. */
  feeless: number;
}

/**
 * Finds a dossier for every procedure that counts in the parent and in none of its units: in balancing units, in units of
 * which nothing is published, in others that do not have it in their own set.
 *
 * @param own what the units count themselves.
 */
export function placeLeft(units: readonly StockingUnit[], own: ReadonlyMap<StockingUnit, MarkedProcedures>, sequences: ProcedureSequences): PlacedProcedures {
  const { left, sets } = sequences;
  const members = { online: new Set(sets.online), fee: new Set(sets.fee), citizen: new Set(sets.citizen) };
  const rooms = [...units].sort((a, b) => Number(b.isBalancing) - Number(a.isBalancing)).map((unit) => roomOf(unit, own.get(unit) ?? new Map(), sequences, members));
  const [paidBeforeReceipt, misfits]: [ProcedureCode[], Set<string>] = [[], new Set()];
  let alone = 0;
  const stoodFor: Record<SetName, Map<ProcedureCode, ProcedureCode>> = { online: new Map(), fee: new Map(), citizen: new Map() };
  for (const procedure of new Set(PROCEDURE_MARKS.flatMap((mark) => left[mark]))) {
    let marks: readonly ProcedureMark[] = PROCEDURE_MARKS.filter((mark) => left[mark].includes(procedure));
    for (const part of partsOf(marks)) {
      if (part.every((mark) => marks.includes(mark)) && take(rooms, procedure, part)) marks = marks.filter((mark) => !part.includes(mark));
    }
    for (const mark of marks) {
      if (mark === 'paid') {
        paidBeforeReceipt.push(procedure);
        continue;
      }
      const other = isFree(rooms, procedure, SET_OF[mark]) ? anotherFor(rooms, mark, procedureCode(ALONE_FAMILY, (alone += 1) - 1)) : undefined;
      if (other !== undefined) stoodFor[SET_OF[mark]].set(procedure, other);
      else if (mark !== 'fee' || !giveFeeToPaid(rooms)) misfits.add(SET_INDICATORS[mark]);
    }
  }
  const withStandIns = (name: SetName) => sets[name].map((procedure) => stoodFor[name].get(procedure) ?? procedure);
  return {
    uses: new Map(rooms.map(({ unit, uses }) => [unit, uses])), paidBeforeReceipt, misfits: [...misfits],
    sets: { online: withStandIns('online'), fee: withStandIns('fee'), citizen: withStandIns('citizen') },
  };
}

/** Whether no unit counts a procedure in a set: it may be another one there. */
function isFree(rooms: readonly Room[], procedure: ProcedureCode, name: SetName): boolean {
  return !rooms.some(({ uses, own }) => own[name].has(procedure) || uses.get(procedure)?.some((mark) => SET_OF[mark] === name));
}

/**
 * What counts in place of a procedure for which no dossier was found: one that is in no other set, so that nothing else speaks
 * against a dossier of it; one that some dossier has; one whose fee is waived.
 */
function anotherFor(rooms: readonly Room[], mark: ProcedureMark, alone: ProcedureCode): ProcedureCode | undefined {
  const [first] = rooms;
  if (first === undefined) return undefined;
  const members = first.members[SET_OF[mark]];
  members.add(alone);
  if (take(rooms, alone, [mark])) return alone;
  const other = standIn(rooms, mark);
  if (other === undefined && mark === 'fee' && take(rooms, alone, [mark], true)) return alone;
  members.delete(alone);
  return other;
}

/**
 * Where every dossier has a procedure that counts already: lets one of these count for a further thing, in place of a procedure
 * that nobody has. It is in the parent's set from then on, and not in the unit's.
 */
function standIn(rooms: readonly Room[], mark: ProcedureMark): ProcedureCode | undefined {
  const name = SET_OF[mark];
  for (const room of rooms) {
    const isBound = isStated(name, room.unit.rows);
    if (room.left[mark] <= 0 || (isBound && room.foreign[name] <= 0)) continue;
    for (const [other, marks] of room.uses) {
      const [needsReceived, needsObliged] = [mark === 'online' && !isAnyOf(marks, ['online', 'paid']), mark === 'fee' && !isAnyOf(marks, ['fee', 'paid'])];
      if (room.members[name].has(other) || (needsReceived && room.received <= 0) || (needsObliged && room.obliged <= 0)) continue;
      room.members[name].add(other);
      room.uses.set(other, [...marks, mark]);
      room.left[mark] -= 1;
      if (isBound) room.foreign[name] -= 1;
      if (needsReceived) room.received -= 1;
      if (needsObliged) room.obliged -= 1;
      return other;
    }
  }
  return undefined;
}

/**
 * Lets a procedure that is paid for in a unit count by its fee too, if none does yet: by the dossier that pays, or by one of its own
 * where payers are not received yet. Where it must not count in the unit, it is paid for outside the unit's own fee procedures (X), and
 * one of the parent's.
 */
function giveFeeToPaid(rooms: readonly Room[]): boolean {
  const counted = new Set(rooms.flatMap(({ uses }) => [...uses].filter(([, marks]) => marks.includes('fee')).map(([procedure]) => procedure)));
  for (const room of rooms) {
    const { uses, own, left } = room;
    if (left.fee <= 0) continue;
    const hasDossier = room.dossiers > 0 && room.obliged > 0;
    const found = [...own.fee].find((procedure) => !counted.has(procedure) && (uses.get(procedure)?.includes('paid') ?? hasDossier));
    if (found === undefined) continue;
    if (!uses.has(found)) {
      room.dossiers -= 1;
      room.obliged -= 1;
    }
    uses.set(found, [...uses.get(found) ?? [], 'fee']);
    left.fee -= 1;
    return true;
  }
  return false;
}

function isAnyOf(marks: readonly ProcedureMark[], others: readonly ProcedureMark[]): boolean {
  return marks.some((mark) => others.includes(mark));
}

function roomOf(unit: StockingUnit, own: MarkedProcedures, { sets, ofUnit }: ProcedureSequences, members: Room['members']): Room {
  const counted = ofUnit(unit);
  const { counts, dossiers, rows } = unit;
  const used = (...any: readonly ProcedureMark[]) => [...own.values()].filter((marks) => any.some((mark) => marks.includes(mark))).length;
  return {
    unit, members, own: { online: new Set(counted.online), fee: new Set([...counted.paid, ...counted.fee]), citizen: new Set(counted.populationData) },
    uses: new Map(own), dossiers: dossiers - own.size, received: counts.received - used('online', 'paid'),
    obliged: counts.obliged - used('paid', 'fee'),
    feeless: dossiers - counts.obliged - [...own].filter(([procedure, marks]) => needsNoFee(procedure, marks, members)).length,
    spare: { online: dossiers - counts.online, fee: dossiers - counts.obliged, citizen: dossiers - counts.populationData },
    left: {
      online: counts.online - used('online'), paid: payersOf(counts) - used('paid'), fee: counts.obliged - used('fee'),
      populationData: counts.populationData - used('populationData'),
    },
    foreign: { online: sets.online.length - sizeOf('online', rows), fee: sets.fee.length - sizeOf('fee', rows), citizen: sets.citizen.length - sizeOf('citizen', rows) },
  };
}

/** All ways to choose some of the marks, those with many first: the fewer dossiers it takes, the better. */
function partsOf(marks: readonly ProcedureMark[]): readonly (readonly ProcedureMark[])[] {
  const parts = marks.reduce<readonly (readonly ProcedureMark[])[]>((some, mark) => [...some, ...some.map((part) => [...part, mark])], [[]]);
  return parts.filter(({ length }) => length > 0).sort((a, b) => b.length - a.length);
}

/**
 * Gives one dossier of a unit to a procedure, if there is one left that can carry the marks.
 *
 * @param isWaived its fee need not be owed
 */
function take(rooms: readonly Room[], procedure: ProcedureCode, marks: readonly ProcedureMark[], isWaived = false): boolean {
  const isReceived = marks.includes('online') || marks.includes('paid');
  const isObliged = !isWaived && (marks.includes('fee') || marks.includes('paid'));
  const found = rooms.find((room) => {
    const { unit, dossiers, received, obliged, feeless, left, uses, members } = room;
    const mayCarry = (mark: ProcedureMark) => (left[mark] > 0 || isWaived) && (mark !== 'paid' || !isStated('fee', unit.rows));
    const hasDossier = dossiers > 0 && (!isReceived || received > 0) && (!isObliged || obliged > 0) && (!needsNoFee(procedure, marks, members) || feeless > 0);
    return !uses.has(procedure) && hasDossier && marks.every(mayCarry)
      && setsWith(procedure, room).every((name) => isForeign(procedure, name, room) || mayCount(name, marks, room) || (room.spare[name] > 0 && !marks.some((mark) => SET_OF[mark] === name)));
  });
  if (found === undefined) return false;
  found.uses.set(procedure, marks);
  found.dossiers -= 1;
  if (isReceived) found.received -= 1;
  if (isObliged) found.obliged -= 1;
  if (needsNoFee(procedure, marks, found.members)) found.feeless -= 1;
  if (!isWaived) for (const mark of marks) found.left[mark] -= 1;
  for (const name of setsWith(procedure, found)) {
    if (isForeign(procedure, name, found)) found.foreign[name] -= 1;
    else if (!mayCount(name, marks, found)) found.spare[name] -= 1;
  }
  return true;
}

/** Whether a dossier must not carry a fee, as its procedure would count by it. */
function needsNoFee(procedure: ProcedureCode, marks: readonly ProcedureMark[], members: Room['members']): boolean {
  return members.fee.has(procedure) && !isAnyOf(marks, ['fee', 'paid']);
}

/** The sets that a unit has itself and in which its parent has a procedure. */
function setsWith(procedure: ProcedureCode, { unit, members }: Room): readonly SetName[] {
  return SET_NAMES.filter((name) => isStated(name, unit.rows) && members[name].has(procedure));
}

/** Whether nobody minds that a procedure counts in the unit: of a set in which two things are counted, what it would count for has no row. */
function mayCount(name: SetName, marks: readonly ProcedureMark[], { unit }: Room): boolean {
  const ofSet = marks.filter((mark) => SET_OF[mark] === name);
  return ofSet.length > 0 && !ofSet.some((mark) => isLimited(mark, unit.rows));
}

/** Whether a set of the unit can do without a procedure; in it, it would count there. */
function isForeign(procedure: ProcedureCode, name: SetName, { own, foreign }: Room): boolean {
  return foreign[name] > 0 && !own[name].has(procedure);
}
