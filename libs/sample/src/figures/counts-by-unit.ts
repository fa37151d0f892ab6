import { compareText, type UnitCode } from '@index766/kernel';
import { isCounted, type CountedRow, type FigureRow } from './figure-row';

/** The counted rows of one unit by their indicator. */
export type Counts = ReadonlyMap<string, CountedRow>;

export const NO_COUNTS: Counts = new Map();

/** Units in the order of their codes. */
export function countsByUnit(rows: readonly FigureRow[]): ReadonlyMap<UnitCode, Counts> {
  const byUnit = new Map<UnitCode, Map<string, CountedRow>>();
  for (const row of rows.filter(isCounted)) {
    const counts = byUnit.get(row.unit) ?? new Map<string, CountedRow>();
    byUnit.set(row.unit, counts.set(row.indicator, row));
  }
  return new Map([...byUnit].sort(([a], [b]) => compareText(a, b)));
}
