import { tableText, type Column } from '../showing/table';
import type { Comparison, ComparisonVerdict, Figures } from './compare-figures';

const SIGNS: Readonly<Record<ComparisonVerdict, string>> = { agrees: '=', differs: '≠', 'not-compared': '–' };

const COLUMNS: readonly Column<Comparison>[] = [
  { vi: 'Mã', en: 'Unit', cell: ({ unit }) => unit },
  { vi: 'Chỉ số', en: 'Indicator', cell: ({ indicator }) => indicator },
  { vi: 'Công bố', en: 'Published n/d', align: 'right', cell: ({ published }) => countsText(published) },
  { vi: 'Tính được', en: 'Computed n/d', align: 'right', cell: ({ computed }) => countsText(computed) },
  { vi: 'Điểm công bố', en: 'Published points', align: 'right', cell: ({ published }) => published.points ?? '–' },
  { vi: 'Điểm tính được', en: 'Computed points', align: 'right', cell: ({ computed }) => computed.points ?? '–' },
  { vi: 'Khớp', en: 'Same', cell: ({ verdict }) => SIGNS[verdict] },
];

/** A table for each unit. */
export function comparisonTables(comparisons: readonly Comparison[]): string {
  const units = [...new Set(comparisons.map(({ unit }) => unit))];
  return units.map((code) => `${tableText(COLUMNS, comparisons.filter(({ unit }) => unit === code))}\n`).join('');
}

function countsText({ numerator, denominator }: Figures): string {
  return numerator === null || denominator === null ? '–' : `${numerator}/${denominator}`;
}
