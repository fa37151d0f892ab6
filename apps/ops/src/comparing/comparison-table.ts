import { NO_FIGURE, NOT_APPLICABLE, tableText, type Column } from '../showing/table';
import type { Comparison, ComparisonVerdict, Figures } from './compare-figures';

const SIGNS: Readonly<Record<ComparisonVerdict, string>> = { agrees: '=', differs: '≠', 'not-compared': '–' };

const COLUMNS: readonly Column<Comparison>[] = [
  { vi: 'Mã', en: 'Unit', cell: ({ unit }) => unit },
  { vi: 'Chỉ số', en: 'Indicator', cell: ({ indicator }) => indicator },
  { vi: 'Công bố', en: 'Published n/d', align: 'right', cell: ({ published }) => countsText(published, NO_FIGURE) },
  { vi: 'Tính được', en: 'Computed n/d', align: 'right', cell: ({ computed, applies }) => countsText(computed, applies ? NO_FIGURE : NOT_APPLICABLE) },
  { vi: 'Điểm công bố', en: 'Published points', align: 'right', cell: ({ published }) => published.points ?? NO_FIGURE },
  { vi: 'Điểm tính được', en: 'Computed points', align: 'right', cell: ({ computed, applies }) => computed.points ?? (applies ? NO_FIGURE : NOT_APPLICABLE) },
  { vi: 'Khớp', en: 'Same', cell: ({ verdict }) => SIGNS[verdict] },
];

/** A table for each unit. */
export function comparisonTables(comparisons: readonly Comparison[]): string {
  const units = [...new Set(comparisons.map(({ unit }) => unit))];
  return units.map((code) => `${tableText(COLUMNS, comparisons.filter(({ unit }) => unit === code))}\n`).join('');
}

function countsText({ numerator, denominator }: Figures, none: string): string {
  return numerator === null || denominator === null ? none : `${numerator}/${denominator}`;
}
