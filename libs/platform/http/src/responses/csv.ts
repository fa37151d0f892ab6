import type { Response } from 'express';

/** A column of a CSV answer; null and undefined become an empty cell. */
export interface CsvColumn<Row> {
  readonly title: string;
  value(row: Row): string | number | boolean | null | undefined;
}

/** Spreadsheets take a file without it for their own code page and break Vietnamese letters. */
const BYTE_ORDER_MARK = '\uFEFF';

/** RFC 4180: the title line, then a line for each row. */
export function csvText<Row>(columns: readonly CsvColumn<Row>[], rows: Iterable<Row>): string {
  const lines = [columns.map(({ title }) => cellOf(title)).join(',')];
  for (const row of rows) lines.push(columns.map((column) => cellOf(column.value(row))).join(','));
  return lines.map((line) => `${line}\r\n`).join('');
}

/** Answers with a CSV file; the controller takes the response by `@Res()`. */
export function sendCsv<Row>(
  response: Response,
  fileName: string,
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row>,
): void {
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${fileName.replace(/[^\w.-]/g, '_')}"`);
  response.send(BYTE_ORDER_MARK + csvText(columns, rows));
}

function cellOf(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  // A spreadsheet would run a text that begins like a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
