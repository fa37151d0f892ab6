import type { UnitCode } from '@index766/kernel';
import { leftForBalancing, unitPlacesIn, type FigureRow, type SampleScope, type UnitPlaces } from '@index766/sample';
import type { SampleChoice } from './sample-options';

/** A dozen communes and departments of Phú Thọ, large and small, one without any dossier. */
export const DEFAULT_UNITS = [
  'H44.01', 'H44.03', 'H44.07', 'H44.20', 'H44.105', 'H44.109', 'H44.111', 'H44.112', 'H44.113', 'H44.114', 'H44.116', 'H44.121',
] as readonly string[] as readonly UnitCode[];

/** Up to so many dossiers in balancing units come along unasked with a figures file, so that its province can be compared. */
const UNASKED_BALANCING = 20_000;

/**
 * Which units a sample has: the named ones; a dozen if nothing is said; every unit of a given file, with balancing units
 * if these are few or all there is; with `--sample province` always with balancing units.
 */
export function scopeOf(
  { units, kind, figuresFile }: SampleChoice, rows: readonly FigureRow[], places: UnitPlaces = unitPlacesIn(rows),
): SampleScope {
  if (units !== undefined) return { kind: 'units', units };
  if (kind === 'province') return { kind: 'province' };
  if (figuresFile === undefined) return { kind: 'units', units: DEFAULT_UNITS };
  const hasUnitsBelow = rows.some(({ unit, indicator, numerator }) => places.parents.has(unit) && indicator === '2.1' && numerator !== null);
  const left = places.tops.reduce((sum, { code }) => sum + (leftForBalancing(rows, code, places)?.dossiers ?? 0), 0);
  return { kind: !hasUnitsBelow || left <= UNASKED_BALANCING ? 'province' : 'every-unit' };
}
