import type { Difference } from './difference';

/** Enough to see what it is about; a broken generation differs everywhere. */
const MOST_SHOWN = 30;
const HEADINGS: readonly (readonly string[])[] = [['Loại', 'Mã', 'Trường'], ['Kind', 'Id', 'Field']];

/** The first differences in aligned columns, and how many there are; ids and fields, never what stands in them. */
export function differenceTable(differences: readonly Difference[]): string {
  const rows = differences.slice(0, MOST_SHOWN).map(({ subject, id, field }) => [subject, id, field]);
  const widths = [0, 1, 2].map((column) => Math.max(...[...HEADINGS, ...rows].map((row) => (row[column] ?? '').length)));
  const lineOf = (row: readonly string[]): string => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ').trimEnd();
  const lines = [...HEADINGS.map(lineOf), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(lineOf)];
  if (differences.length > MOST_SHOWN) lines.push(`… ${differences.length} khác biệt / differences`);
  return `${lines.join('\n')}\n`;
}
