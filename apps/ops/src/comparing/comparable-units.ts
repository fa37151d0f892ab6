import type { UnitCode } from '@index766/kernel';
import { leftForBalancing, unitPlacesIn, type FigureRow, type UnitPlaces } from '@index766/sample';
import type { KnownUnit } from '../services/catalog';

export interface ComparableUnits {
  readonly units: readonly UnitCode[];
  /** Units of the figures that cannot be compared, with the reason. */
  readonly left: readonly LeftUnit[];
}

export interface LeftUnit {
  readonly unit: UnitCode;
  readonly reason: string;
  /** The figures could be compared if it, or what counts in it, were loaded. */
  readonly isLoadable: boolean;
}

/**
 * Which units of the figures can be compared with what was loaded: those that the catalog has and that have a row of 2.1.
 * A province can only if all its units are loaded, and balancing units for what these leave.
 */
export function comparableUnits(
  rows: readonly FigureRow[], known: readonly KnownUnit[], places: UnitPlaces = unitPlacesIn(rows),
): ComparableUnits {
  const loaded = new Set(known.map(({ code }) => code));
  const units: UnitCode[] = [];
  const left: LeftUnit[] = [];
  for (const code of new Set(rows.map(({ unit }) => unit))) {
    const excluded = places.without.get(code) ?? (hasProgress(rows, code) ? undefined : 'the figures have no row of 2.1 for it');
    const unloaded = excluded === undefined ? whatIsNotLoaded(code, rows, places, known, loaded) : null;
    const reason = excluded ?? unloaded;
    if (reason === null) units.push(code);
    else left.push({ unit: code, reason, isLoadable: excluded === undefined });
  }
  return { units, left };
}

function whatIsNotLoaded(
  code: UnitCode, rows: readonly FigureRow[], places: UnitPlaces, known: readonly KnownUnit[], loaded: ReadonlySet<string>,
): string | null {
  if (!loaded.has(code)) return 'it is not loaded';
  if (!places.tops.some((top) => top.code === code)) return null;
  const below = [...places.parents].filter(([unit, parent]) => parent === code && hasProgress(rows, unit));
  if (below.some(([unit]) => !loaded.has(unit))) return 'not all its units are loaded: --sample province loads them';
  const left = leftForBalancing(rows, code, places)?.units ?? 0;
  const isBalanced = left === 0 || known.some((unit) => unit.level === 'BALANCE' && unit.parent === code);
  return isBalanced ? null : 'no balancing units are loaded: --sample province loads them';
}

function hasProgress(rows: readonly FigureRow[], code: UnitCode): boolean {
  return rows.some(({ unit, indicator, numerator }) => unit === code && indicator === '2.1' && numerator !== null);
}
