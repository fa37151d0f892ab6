import type { ProcedureCode } from '@index766/kernel';
import { PROCEDURE_MARKS, SET_INDICATORS, SET_OF, type ProcedureMark } from '../figures/procedure-marks';
import type { ProcedureUse } from '../figures/procedure-stocks';
import type { UnitPlan } from '../figures/unit-plans';
import { SeededRandom } from '../random';
import type { Verdict } from './draw-timeline';
import type { Origin } from './timeline';

/** What of a dossier the figures of its unit count. */
export interface DossierRole {
  readonly verdict: Verdict;
  readonly origin: Origin;
  readonly online: boolean;
  /** Null: any procedure that is in none of the unit's sets. */
  readonly procedure: ProcedureCode | null;
  /** A fee above 0; one that is paid for all the same is obliged by its payment. */
  readonly hasFee: boolean;
  /** The fee is waived: its procedure counts in 3.5b, the dossier not in 3.6. */
  readonly waived: boolean;
  readonly paid: boolean;
  /** Received in the period and paid before it, when it was submitted. */
  readonly paysBefore: boolean;
  readonly electronicResult: boolean;
  readonly digitised: boolean;
  readonly reused: boolean;
  readonly fromPersonalStore: boolean;
  readonly populationData: boolean;
  readonly dissatisfied: boolean;
  /** Of the dissatisfied: which petition of the unit may be about it instead of a rating; null: none. */
  readonly petition: number | null;
}

export type PlannedUnit = Pick<UnitPlan, 'onTime' | 'dossiers' | 'counts' | 'petitions' | 'procedures'>;

const FLAGS = {
  paid: 1, obliged: 2, electronicResult: 4, digitised: 8, reused: 16, fromPersonalStore: 32, populationData: 64, dissatisfied: 128,
} as const;
type Flag = keyof typeof FLAGS;

type Roles = (index: number) => DossierRole;

/** Of a unit whose figures do not come out of the first one. */
const MOST_DRAWS = 32;

/**
 * Gives the dossiers of a unit their roles, so that every figure of it comes out. Where few dossiers carry everything it may
 * be that a draw does not reach what another one does: then the draw is taken that `misfitsOf` looked at.
 */
export function rolesOf(unit: PlannedUnit, name: string, seed: number): Roles {
  const drawn = drawRoles(unit, name, seed);
  return isFitting(unit, drawn) ? drawn : rolesLookedAt(unit);
}

function rolesLookedAt(unit: PlannedUnit): Roles {
  const first = drawRoles(unit, 'any', 0);
  for (let [draw, roles] = [0, first]; draw < MOST_DRAWS; draw += 1, roles = drawRoles(unit, 'any', draw)) if (isFitting(unit, roles)) return roles;
  return first;
}

function isFitting(unit: PlannedUnit, roles: Roles): boolean {
  const { own, above } = misfitsIn(unit, roles);
  return own.length + above.length === 0;
}

/**
 * Places in a population run from what was received online over what was received otherwise to what was in hand; procedures
 * that have to count take the first places, one each.
 */
function drawRoles(unit: PlannedUnit, name: string, seed: number): Roles {
  const { counts, dossiers, onTime } = unit;
  const fits = procedureCheck(unit);
  const payable = unit.procedures.uses.filter(({ marks }) => marks.includes('paid')).map(({ procedure }) => procedure);
  const isReceived = (place: number) => place < counts.received;
  const uses = usesByPlace(unit, fits);
  const procedures = uses.map((use) => use?.procedure);
  const flags = new Uint16Array(dossiers);
  const random = new SeededRandom(`${seed} roles of ${name}`);

  /** Sets a flag on as many places as asked for: on those of the first choice, then of the next. */
  const mark = (flag: Flag, count: number, ...choices: readonly ((place: number) => boolean)[]): void => {
    const order = random.shuffle(placesOf(dossiers));
    let left = count;
    for (const isChosen of choices) {
      for (const place of order) {
        if (left === 0) return;
        if (((flags[place] ?? 0) & FLAGS[flag]) !== 0 || !isChosen(place)) continue;
        flags[place] = (flags[place] ?? 0) | FLAGS[flag];
        left -= 1;
      }
    }
  };
  const has = (flag: Flag, place: number) => ((flags[place] ?? 0) & FLAGS[flag]) !== 0;
  const isUsedFor = (part: ProcedureMark) => (place: number) => uses[place]?.marks.includes(part) ?? false;
  const anywhere = () => true;
  // Where nearly all that is obliged is paid, so are procedures that count by their fee alone.
  const withFee = unit.procedures.uses.filter(({ marks }) => marks.includes('fee')).length;
  const isTight = counts.paid + withFee > counts.obliged;

  mark('paid', counts.paid, isUsedFor('paid'), ...(isTight ? [isUsedFor('fee')] : []), anywhere);
  mark('obliged', counts.obliged, (place) => has('paid', place), isUsedFor('fee'), (place) => fits(procedures[place], ['fee']));
  const isWaived = (place: number) => isUsedFor('fee')(place) && !has('obliged', place);
  mark('populationData', counts.populationData, isUsedFor('populationData'), (place) => fits(procedures[place], ['populationData']));
  mark('electronicResult', counts.electronicResult, anywhere);
  mark('digitised', counts.digitised, (place) => has('electronicResult', place));
  mark('reused', counts.reused, anywhere);
  mark('fromPersonalStore', counts.fromPersonalStore, anywhere);
  mark('dissatisfied', onTime - counts.satisfied, anywhere);
  // A payment in the period makes a procedure count: one that must not is paid for before it.
  const paysInPeriod = (place: number) => has('paid', place) && isReceived(place) && payable.length > 0
    && (procedures[place] === undefined || isUsedFor('paid')(place));
  for (let place = 0; place < dossiers; place += 1) {
    if (procedures[place] !== undefined || !paysInPeriod(place)) continue;
    const marks: readonly ProcedureMark[] = [
      ...(place < counts.online ? ['online'] as const : []), ...(has('populationData', place) ? ['populationData'] as const : []),
    ];
    const suitable = payable.filter((procedure) => fits(procedure, marks));
    if (suitable.length > 0) procedures[place] = random.pick(suitable);
  }
  const complaints = new Map<number, number>();
  for (let place = 0; place < dossiers && complaints.size < complaintsOf(unit); place += 1) if (has('dissatisfied', place)) complaints.set(place, complaints.size);
  // Whether a dossier was on time has nothing to do with the rest.
  const places = new SeededRandom(`${seed} origins of ${name}`).shuffle(placesOf(dossiers));
  return (index) => {
    const place = places[index] ?? index;
    return {
      verdict: index < onTime ? 'on-time' : 'late',
      origin: isReceived(place) ? 'received' : 'in-hand',
      online: isReceived(place) ? place < counts.online : place % 10 !== 0,
      procedure: procedures[place] ?? null,
      // A fee makes its procedure count in 3.5b, there or in a unit above.
      hasFee: (has('obliged', place) || isWaived(place)) && fits(procedures[place], ['fee']),
      waived: isWaived(place),
      paid: has('paid', place),
      paysBefore: has('paid', place) && isReceived(place) && (procedures[place] === undefined || (uses[place] !== undefined && !isUsedFor('paid')(place))),
      electronicResult: has('electronicResult', place),
      // Where there is no electronic result, digitised components alone count nowhere.
      digitised: has('digitised', place) || (!has('electronicResult', place) && place % 3 === 0),
      reused: has('reused', place), fromPersonalStore: has('fromPersonalStore', place), populationData: has('populationData', place),
      dissatisfied: has('dissatisfied', place), petition: complaints.get(place) ?? null,
    };
  };
}

export interface Misfits {
  readonly own: readonly string[];
  /** Those of the unit above, to which procedures count that are in no set of the unit. */
  readonly above: readonly string[];
}

/**
 * Indicators that do not come out of the roles of a unit, because a dossier that has to carry one thing must not carry
 * another: figures that no rule speaks against, and that do not fit into so few dossiers together.
 */
export function misfitsOf(unit: PlannedUnit): Misfits {
  return misfitsIn(unit, rolesLookedAt(unit));
}

function misfitsIn(unit: PlannedUnit, roleOf: Roles): Misfits {
  const roles = Array.from({ length: unit.dossiers }, (_, index) => roleOf(index));
  const { uses, stock } = unit.procedures;
  const isStocked = new Map(stock.map((each) => [each.procedure, each]));
  const inPeriod = ({ origin }: DossierRole) => origin === 'received';
  const carries: Readonly<Record<ProcedureMark, (role: DossierRole) => boolean>> = {
    online: (role) => inPeriod(role) && role.online, paid: (role) => role.paid && !role.paysBefore && inPeriod(role), fee: ({ hasFee }) => hasFee,
    populationData: ({ populationData }) => populationData,
  };
  const countsHere = (procedure: ProcedureCode, mark: ProcedureMark) => mark === 'paid' || isStocked.get(procedure)?.[SET_OF[mark]] === true;
  const [own, above]: [string[], string[]] = [[], []];
  for (const mark of PROCEDURE_MARKS) {
    const carried = new Set(roles.filter(carries[mark]).flatMap(({ procedure }) => procedure ?? []));
    const wanted = uses.filter(({ marks }) => marks.includes(mark)).map(({ procedure }) => procedure);
    const ofUnit = wanted.filter((procedure) => countsHere(procedure, mark));
    if ([...carried].filter((procedure) => countsHere(procedure, mark)).length !== ofUnit.length) own.push(SET_INDICATORS[mark]);
    if (wanted.some((procedure) => !carried.has(procedure))) above.push(SET_INDICATORS[mark]);
  }
  const count = (counts: (role: DossierRole) => boolean) => roles.filter(counts).length;
  const sums = [
    ['3.6', count(({ paid }) => paid) === unit.counts.paid && count(({ paid, hasFee, waived }) => paid || (hasFee && !waived)) === unit.counts.obliged],
    ['4.5b', count(({ populationData }) => populationData) === unit.counts.populationData],
  ] as const;
  return { own: [...own, ...sums.flatMap(([indicator, isReached]) => (isReached ? [] : [indicator]))], above };
}

type ProcedureCheck = (procedure: ProcedureCode | undefined, marks: readonly ProcedureMark[]) => boolean;

/** The place of each procedure that has to count; one that must not count in 3.2 is kept from what was received online. */
function usesByPlace({ counts, dossiers, procedures: { uses } }: PlannedUnit, fits: ProcedureCheck): readonly (ProcedureUse | undefined)[] {
  const places = Array.from<ProcedureUse | undefined>({ length: dossiers });
  for (const use of [...uses].sort((a, b) => rankOf(a) - rankOf(b))) {
    const from = fits(use.procedure, ['online']) ? 0 : counts.online;
    const free = places.findIndex((other, place) => other === undefined && place >= from);
    places[free === -1 ? places.indexOf(undefined) : free] = use;
  }
  return places;
}

/** Those that need a dossier received online come first, then those that need one received. */
function rankOf({ marks }: ProcedureUse): number {
  return marks.includes('online') ? 0 : marks.includes('paid') ? 1 : 2;
}

/** Whether a dossier with some marks may have a procedure: one that is in a set of the unit must not count in it by chance. */
function procedureCheck({ procedures: { uses, stock } }: PlannedUnit): ProcedureCheck {
  const counted = new Map(uses.map((use) => [use.procedure, use]));
  const stocked = new Map(stock.map((each) => [each.procedure, each]));
  return (procedure, marks) => {
    if (procedure === undefined) return true;
    const sets = stocked.get(procedure);
    return marks.every((mark) => {
      const use = counted.get(procedure);
      if (use?.marks.includes(mark) === true) return true;
      switch (mark) {
        case 'online': return sets?.online !== true;
        case 'populationData': return sets?.citizen !== true;
        case 'fee': return use?.isFeeHarmless === true;
        case 'paid': return false;
      }
    });
  };
}

/** How many of a unit's petitions, the first ones, may be about a dossier. */
export function complaintsOf({ onTime, counts, petitions }: Pick<PlannedUnit, 'onTime' | 'counts' | 'petitions'>): number {
  return Math.min(petitions.received, Math.ceil((onTime - counts.satisfied) / 2));
}

export function placesOf(size: number): Uint32Array {
  return Uint32Array.from({ length: size }, (_, index) => index);
}
