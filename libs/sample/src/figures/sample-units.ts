import { compareText, type UnitCode } from '@index766/kernel';
import { announcedProcedures, OF_THE_PROVINCE, type AnnouncedProcedure } from './announced-procedures';
import { copiesBelow } from './certified-copies';
import { countsByUnit, type Counts } from './counts-by-unit';
import { NO_DOSSIERS, type DossierCounts } from './dossier-counts';
import { isCounted, type FigureRow } from './figure-row';
import { NO_PETITIONS, type PetitionCounts } from './petition-counts';
import { NO_PROCEDURES, type UnitProcedures } from './procedure-stocks';
import { plansUnder, type UnitPlan } from './unit-plans';
import { unitPlacesIn, type TopUnit, type UnitPlaces } from './unit-places';

/** Level of a unit in the sample; balancing units appear in no ranking or list. */
export type SampleLevel = 'PROVINCE' | 'MINISTRY' | 'DEPARTMENT' | 'COMMUNE' | 'BALANCE';

/** What the sample makes for one unit: its place in the tree, the dossiers of 2.1, and what else its figures count. */
export interface SampleUnit {
  readonly code: UnitCode;
  readonly name: string;
  readonly level: SampleLevel;
  readonly parent: UnitCode | null;
  /** Numerator and denominator of 2.1. */
  readonly onTime: number;
  readonly dossiers: number;
  readonly counts: DossierCounts;
  readonly petitions: PetitionCounts;
  readonly procedures: UnitProcedures;
  /** The set that a province has itself, and its units show. */
  readonly announced: readonly AnnouncedProcedure[];
  /** 1.4, as somebody reports it; null: nobody does. */
  readonly reported: { readonly synchronised: number; readonly report: number } | null;
  /** Whether it certifies electronic copies (4.6); null: nobody says. */
  readonly certifiesCopies: boolean | null;
}

/** Which units of a figures file are made: some, all, or all and balancing units so that the province's row comes out. */
export type SampleScope =
  | { readonly kind: 'units'; readonly units: readonly UnitCode[] }
  | { readonly kind: 'every-unit' }
  | { readonly kind: 'province' };

export interface SampleUnits {
  /** Parents first. */
  readonly units: readonly SampleUnit[];
  /** Units of the file that are not made, each with the reason. */
  readonly skipped: readonly { readonly unit: UnitCode; readonly reason: string }[];
}

/**
 * The units that a sample makes of monthly rows (index-766.md §7). A unit without a row of 2.1, or without a place, is
 * skipped. `places` are those of all rows if some were left out.
 */
export function sampleUnitsOf(rows: readonly FigureRow[], scope: SampleScope, places: UnitPlaces = unitPlacesIn(rows)): SampleUnits {
  const codes = [...new Set([...places.tops.map(({ code }) => code), ...rows.map(({ unit }) => unit)])].sort(compareText);
  const chosen = scope.kind === 'units' ? codes.filter((code) => scope.units.includes(code)) : codes;
  const skipped: { unit: UnitCode; reason: string }[] = scope.kind === 'units'
    ? scope.units.filter((code) => !codes.includes(code)).map((unit) => ({ unit, reason: 'the figures have no such unit' })) : [];
  const byUnit = countsByUnit(rows);
  const plans = new Map(places.tops.map(({ code }) => [code, plansUnder(code, byUnit, places)]));
  const copies = new Map(places.tops.map(({ code }) => [code, copiesBelow(code, rows, places)]));
  const below: SampleUnit[] = [];
  for (const code of chosen) {
    const row = rows.find(({ unit }) => unit === code);
    const [parent, reason] = [places.parents.get(code), places.without.get(code)];
    if (reason !== undefined) skipped.push({ unit: code, reason });
    if (row === undefined || parent === undefined) continue;
    const plan = plans.get(parent)?.plans.find(({ unit }) => unit === code);
    if (plan === undefined) skipped.push({ unit: code, reason: 'the figures have no row of 2.1 for it' });
    else below.push(unitOf(row, parent, plan, copies.get(parent)?.get(code) ?? null, rows));
  }
  const parents = new Set(below.map(({ parent }) => parent));
  const isMade = ({ code }: TopUnit) => parents.has(code) || (chosen.includes(code) && rows.some(({ unit }) => unit === code));
  const tops = places.tops.filter(isMade);
  const balancing = scope.kind === 'province'
    ? tops.flatMap(({ code }) => balancingUnits(code, plans.get(code)?.plans.filter(({ unit }) => unit === null) ?? [])) : [];
  return { units: [...tops.map((top) => topUnit(top, rows, places)), ...below, ...balancing], skipped };
}

/** What the units of the file leave of their province's row of 2.1, and in how many balancing units it is. */
export interface LeftForBalancing {
  readonly onTime: number;
  readonly dossiers: number;
  readonly units: number;
}

/** What balancing units would hold. Null without a usable row of 2.1 of the province. */
export function leftForBalancing(rows: readonly FigureRow[], province: UnitCode, places: UnitPlaces = unitPlacesIn(rows)): LeftForBalancing | null {
  const byUnit = countsByUnit(rows);
  if (byUnit.get(province)?.has('2.1') !== true) return null;
  const plans = plansUnder(province, byUnit, places).plans.filter(({ unit }) => unit === null);
  return { onTime: sum(plans.map(({ onTime }) => onTime)), dossiers: sum(plans.map(({ dossiers }) => dossiers)), units: plans.length };
}

const NOTHING = {
  onTime: 0, dossiers: 0, counts: NO_DOSSIERS, petitions: NO_PETITIONS, procedures: NO_PROCEDURES, announced: [], reported: null, certifiesCopies: null,
} as const;

/** A province has no dossiers itself, but a set of procedures: its own figures say it, else those of its units. */
function topUnit({ code, name, level }: TopUnit, rows: readonly FigureRow[], places: UnitPlaces): SampleUnit {
  const own = rows.filter(({ unit }) => unit === code || places.parents.get(unit) === code).filter(isCounted);
  const set = new Map(OF_THE_PROVINCE.flatMap((indicator) => {
    const row = own.find((each) => each.unit === code && each.indicator === indicator) ?? own.find((each) => each.indicator === indicator);
    return row === undefined ? [] : [[indicator, row] as const];
  }));
  const byUnit = countsByUnit(rows);
  return {
    ...NOTHING, code, name, level, parent: null, reported: reportedOf(byUnit.get(code)),
    announced: announcedProcedures(set),
  };
}

function unitOf(
  { unit, unitName, level }: FigureRow, parent: UnitCode, plan: UnitPlan, certifiesCopies: boolean | null, rows: readonly FigureRow[],
): SampleUnit {
  const { onTime, dossiers, counts, petitions, procedures } = plan;
  const own = rows.filter((row) => row.unit === unit);
  return {
    ...NOTHING, code: unit, name: unitName, level, parent, onTime, dossiers, counts, petitions, procedures,
    reported: reportedOf(new Map(own.filter(isCounted).map((row) => [row.indicator, row]))),
    certifiesCopies,
  };
}

function balancingUnits(province: UnitCode, plans: readonly UnitPlan[]): readonly SampleUnit[] {
  const digits = Math.max(2, String(plans.length).length);
  return plans.map(({ onTime, dossiers, counts, petitions, procedures }, index): SampleUnit => {
    const number = String(index + 1).padStart(digits, '0');
    return {
      ...NOTHING, code: `${province}.BALANCE-${number}` as UnitCode, name: `Đơn vị cân bằng ${number} (balancing unit)`, level: 'BALANCE',
      parent: province, onTime, dossiers, counts, petitions, procedures,
    };
  });
}

function reportedOf(counts: Counts | undefined): SampleUnit['reported'] {
  const row = counts?.get('1.4');
  return row === undefined ? null : { synchronised: row.numerator, report: row.denominator };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
