import type { UnitCode } from '@index766/kernel';
import { leftForBalancing, type FigureRow, type SampleScope } from '@index766/sample';
import type { SampleChoice } from './sample-options';

/** A dozen communes and departments of Phú Thọ, large and small, one without any dossier. */
export const DEFAULT_UNITS = [
  'H44.01', 'H44.03', 'H44.07', 'H44.20', 'H44.105', 'H44.109', 'H44.111', 'H44.112', 'H44.113', 'H44.114', 'H44.116', 'H44.121',
] as readonly string[] as readonly UnitCode[];

/** Up to so many dossiers in balancing units come along unasked with a figures file, so that its province can be compared. */
const UNASKED_BALANCING = 20_000;

/**
 * Which units a sample has: the named ones; a dozen if nothing is said; every unit of a given file, with balancing units
 * if these are few; with `--sample province` always with balancing units.
 */
export function scopeOf({ units, kind, figuresFile }: SampleChoice, rows: readonly FigureRow[]): SampleScope {
  if (units !== undefined) return { kind: 'units', units };
  if (kind === 'province') return { kind: 'province' };
  if (figuresFile === undefined) return { kind: 'units', units: DEFAULT_UNITS };
  const provinces = [...new Set(rows.filter(({ level }) => level === 'PROVINCE' || level === 'MINISTRY').map(({ unit }) => unit))];
  const left = provinces.reduce((sum, province) => sum + (leftForBalancing(rows, province)?.dossiers ?? 0), 0);
  return { kind: left <= UNASKED_BALANCING ? 'province' : 'every-unit' };
}
