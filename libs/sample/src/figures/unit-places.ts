import { compareText, parseUnitCode, type UnitCode } from '@index766/kernel';
import { isCounted, type FigureLevel, type FigureRow } from './figure-row';

/** A unit that hangs below none. */
export interface TopUnit {
  readonly code: UnitCode;
  readonly name: string;
  readonly level: 'PROVINCE' | 'MINISTRY';
}

/** Where the units of a figures file hang: the file states their levels, not their parents. */
export interface UnitPlaces {
  /** By code. A made-up province is one of them. */
  readonly tops: readonly TopUnit[];
  /** The parent of every unit below a top that has a place. */
  readonly parents: ReadonlyMap<UnitCode, UnitCode>;
  /** Units that may belong to any of several tops, each with the reason. */
  readonly without: ReadonlyMap<UnitCode, string>;
}

/** Indicators of the set that a province has and its units show. */
export const SET_OF_A_PROVINCE: readonly string[] = ['1.1', '1.2', '1.3', '3.1'];
/** Code of a made-up province if the codes of its units have no first part in common. */
const NEUTRAL_CODE = 'PROVINCE';
/** What may stand above a unit, as the catalog has it; the first that is there once is taken whatever the codes say. */
const ABOVE = {
  COMMUNE: ['PROVINCE'],
  DEPARTMENT: ['PROVINCE', 'MINISTRY'],
} as const satisfies Partial<Record<FigureLevel, readonly TopUnit['level'][]>>;

/**
 * Finds the parents (index-766.md §7). Of several units that may stand above one, the one counts whose code begins or
 * ends it (`H44` of `H44.114` and of `000.01.31.H44`); else the file's only province, else its only ministry. If there
 * is none at all, a made-up province stands above, or several if they show different sets of procedures.
 *
 * @param rows monthly rows, also those that break a rule: a province stays one when its figures are left out.
 */
export function unitPlacesIn(rows: readonly FigureRow[]): UnitPlaces {
  const units = [...new Map(rows.map((row) => [row.unit, row])).values()].sort((a, b) => compareText(a.unit, b.unit));
  const tops = units.flatMap(({ unit, unitName, level }): TopUnit[] =>
    level === 'PROVINCE' || level === 'MINISTRY' ? [{ code: unit, name: unitName, level }] : []);
  const parents = new Map<UnitCode, UnitCode>();
  const without = new Map<UnitCode, string>();
  const orphans: UnitCode[] = [];
  for (const { unit, level } of units) {
    if (level === 'PROVINCE' || level === 'MINISTRY') continue;
    const allowed = ABOVE[level].map((above) => tops.filter((top) => top.level === above));
    const parent = namedIn(unit, allowed.flat()) ?? allowed.find(({ length }) => length === 1)?.[0];
    if (parent !== undefined) parents.set(unit, parent.code);
    else if (allowed.flat().length === 0) orphans.push(unit);
    else without.set(unit, `its code names none of the file’s ${tops.length} units above: ${tops.map(({ code }) => code).join(', ')}`);
  }
  const taken = new Set(units.map(({ unit }) => unit));
  for (const group of showingOneSet(orphans, rows)) {
    const code = madeUpCode(group, taken);
    taken.add(code);
    for (const orphan of group) parents.set(orphan, code);
    tops.push({ code, name: `Tỉnh mẫu ${code} (made-up province)`, level: 'PROVINCE' });
  }
  return { tops: tops.sort((a, b) => compareText(a.code, b.code)), parents, without };
}

/** Units show the set of their province (1.1–1.3, 3.1): those that show different ones are of different provinces. */
function showingOneSet(units: readonly UnitCode[], rows: readonly FigureRow[]): readonly (readonly UnitCode[])[] {
  const groups: { readonly units: UnitCode[]; readonly set: Map<string, string> }[] = [];
  for (const unit of units) {
    const shown = rows.filter((row) => row.unit === unit && SET_OF_A_PROVINCE.includes(row.indicator) && isCounted(row))
      .map(({ indicator, numerator, denominator }) => [indicator, `${numerator}/${denominator}`] as const);
    const group = groups.find(({ set }) => shown.every(([indicator, figures]) => (set.get(indicator) ?? figures) === figures));
    if (group === undefined) groups.push({ units: [unit], set: new Map(shown) });
    else {
      group.units.push(unit);
      for (const [indicator, figures] of shown) group.set.set(indicator, figures);
    }
  }
  return groups.map((group) => group.units);
}

/** The top whose code begins the unit's, else ends it; of several the longest. */
function namedIn(unit: UnitCode, tops: readonly TopUnit[]): TopUnit | undefined {
  const longestFirst = [...tops].sort((a, b) => b.code.length - a.code.length);
  return longestFirst.find(({ code }) => unit.startsWith(`${code}.`)) ?? longestFirst.find(({ code }) => unit.endsWith(`.${code}`));
}

function madeUpCode(below: readonly UnitCode[], taken: ReadonlySet<UnitCode>): UnitCode {
  const firstParts = new Set(below.map((unit) => unit.split('.')[0] ?? ''));
  const [first] = firstParts;
  const derived = firstParts.size === 1 ? parseUnitCode(first ?? '') : undefined;
  // A unit `X9` without a point is no part of itself.
  if (derived !== undefined && !taken.has(derived)) return derived;
  let code = NEUTRAL_CODE as UnitCode;
  for (let number = 2; taken.has(code); number += 1) code = `${NEUTRAL_CODE}-${number}` as UnitCode;
  return code;
}
