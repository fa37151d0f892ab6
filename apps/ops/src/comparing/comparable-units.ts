import type { UnitCode } from '@index766/kernel';
import { leftForBalancing, provinceCodeOf, type FigureRow } from '@index766/sample';
import type { KnownUnit } from '../services/catalog';

export interface ComparableUnits {
  readonly units: readonly UnitCode[];
  /** Units of the figures that cannot be compared, with the reason. */
  readonly left: readonly { readonly unit: UnitCode; readonly reason: string }[];
}

/**
 * Which units of the figures can be compared with what was loaded: those that the catalog has and that have a row of 2.1.
 * A province can only if all its units are loaded, and balancing units for what these leave.
 */
export function comparableUnits(rows: readonly FigureRow[], known: readonly KnownUnit[]): ComparableUnits {
  const loaded = new Set(known.map(({ code }) => code));
  const units: UnitCode[] = [];
  const left: { unit: UnitCode; reason: string }[] = [];
  for (const code of new Set(rows.map(({ unit }) => unit))) {
    const reason = reasonAgainst(code, rows, known, loaded);
    if (reason === null) units.push(code);
    else left.push({ unit: code, reason });
  }
  return { units, left };
}

function reasonAgainst(code: UnitCode, rows: readonly FigureRow[], known: readonly KnownUnit[], loaded: ReadonlySet<string>): string | null {
  if (!hasProgress(rows, code)) return 'the figures have no row of 2.1 for it';
  if (!loaded.has(code)) return 'it is not loaded';
  const level = rows.find(({ unit }) => unit === code)?.level;
  if (level !== 'PROVINCE' && level !== 'MINISTRY') return null;
  const below = new Set(rows.map(({ unit }) => unit).filter((unit) => unit !== code && provinceCodeOf(unit) === code && hasProgress(rows, unit)));
  if ([...below].some((unit) => !loaded.has(unit))) return 'not all its units are loaded: --sample province loads them';
  const isBalanced = (leftForBalancing(rows, code)?.dossiers ?? 0) === 0 || known.some((unit) => unit.level === 'BALANCE' && unit.parent === code);
  return isBalanced ? null : 'no balancing units are loaded: --sample province loads them';
}

function hasProgress(rows: readonly FigureRow[], code: UnitCode): boolean {
  return rows.some(({ unit, indicator, numerator }) => unit === code && indicator === '2.1' && numerator !== null);
}
