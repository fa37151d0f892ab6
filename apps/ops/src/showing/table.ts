/** No figure: that is no 0. */
export const NO_FIGURE = '–';
/** It does not apply at the level of the unit. */
export const NOT_APPLICABLE = '×';

/** A column with its two headings, Vietnamese above English. */
export interface Column<Row> {
  readonly vi: string;
  readonly en: string;
  readonly align?: 'left' | 'right';
  readonly cell: (row: Row) => string;
}

/** Aligned columns with two lines of headings; every line ends without blanks. */
export function tableText<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row).normalize('NFC')));
  const headings = [columns.map(({ vi }) => vi.normalize('NFC')), columns.map(({ en }) => en)];
  const widths = columns.map((_, index) => Math.max(...[...headings, ...cells].map((line) => width(line[index] ?? ''))));
  const lineOf = (line: readonly string[]) => line.map((text, index) => padded(text, widths[index] ?? 0, columns[index]?.align ?? 'left')).join('  ').trimEnd();
  const rule = widths.map((length) => '─'.repeat(length)).join('  ');
  return [...headings.map(lineOf), rule, ...cells.map(lineOf)].map((line) => `${line}\n`).join('');
}

const LETTERS = new Intl.Segmenter('vi', { granularity: 'grapheme' });

/** Letters as they are seen, not code units: a letter with its marks is one column wide. */
function width(text: string): number {
  return [...LETTERS.segment(text)].length;
}

function padded(text: string, length: number, align: 'left' | 'right'): string {
  const blanks = ' '.repeat(Math.max(0, length - width(text)));
  return align === 'left' ? text + blanks : blanks + text;
}
