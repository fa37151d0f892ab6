import { failed, ok, parseUnitCode, type Result } from '@index766/kernel';
import { parse } from 'csv-parse/sync';
import { FIGURE_LEVELS, isMonthly, type FigureRow } from './figure-row';

/** What is wrong with a figures file, in one sentence for whoever wrote it. `line` 1 is the heading. */
export interface FiguresFault {
  readonly line: number;
  readonly column: string | null;
  readonly detail: string;
}

const COLUMNS = [
  'period', 'scope', 'unit_code', 'unit_name', 'level', 'indicator', 'numerator', 'denominator', 'points', 'max',
] as const;
type Column = (typeof COLUMNS)[number];
interface ReadRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}
type Cells = Readonly<Record<Column, string>>;

/** Also as programs write a column with gaps: `589.0`. */
const WHOLE = /^\d{1,12}(?:\.0+)?$/;
/** A dossier's code has 64 letters at most, of which the unit's code is the first part. */
const LONGEST_CODE = 40;
/** The catalog keeps such codes for dossiers of unknown units. */
const RESERVED_CODE = /(?:^|\.)UNKNOWN$/;
const DECIMAL = /^\d{1,9}(?:\.\d{1,9})?$/;
const MOST_FAULTS = 20;

/**
 * Reads a figures file of the form of `figures/phu-tho-2026.csv` (spec: data/README.md), for any province. Takes a byte
 * order mark, either line end, quoted cells, columns in any order and further ones. Fails with up to 20 faults, each
 * with its line; only rows that a sample and a comparison cover can have one, another that cannot be read is left out.
 */
export function parseFigures(text: string): Result<readonly FigureRow[], readonly FiguresFault[]> {
  const table = readTable(text);
  if (!table.ok) return failed([table.error]);
  const rows: FigureRow[] = [];
  const faults: FiguresFault[] = [];
  const seen = new Map<string, number>();
  for (const { cells, line } of table.value) {
    const row = rowOf(cells, line);
    if (!row.ok) {
      if (isMonthly(cells)) faults.push(row.error);
      continue;
    }
    rows.push(row.value);
    if (!isMonthly(row.value)) continue;
    const key = [row.value.period, row.value.scope, row.value.unit, row.value.indicator].join(' ');
    const before = seen.get(key);
    if (before === undefined) seen.set(key, line);
    else faults.push({ line, column: null, detail: `says again what line ${before} says: ${key}` });
  }
  if (faults.length === 0) faults.push(...levelFaults(rows.filter(isMonthly)));
  return faults.length === 0 ? ok(rows) : failed(faults.slice(0, MOST_FAULTS));
}

/** `line 12, column numerator: is no whole number` */
export function describeFault({ line, column, detail }: FiguresFault): string {
  return column === null ? `line ${line}: ${detail}` : `line ${line}, column ${column}: ${detail}`;
}

function readTable(text: string): Result<readonly { cells: Cells; line: number }[], FiguresFault> {
  let records: readonly ReadRecord[];
  try {
    // The types of csv-parse do not know what `info` makes of the answer.
    records = parse(text, { bom: true, info: true, skip_empty_lines: true, trim: true, relax_column_count: true }) as unknown as ReadRecord[];
  } catch (error) {
    return failed(faultOfParser(error));
  }
  const [heading, ...body] = records;
  if (heading === undefined) return failed({ line: 1, column: null, detail: 'the file is empty' });
  const missing = COLUMNS.filter((column) => !heading.record.includes(column));
  if (missing.length > 0) return failed({ line: 1, column: null, detail: `the heading lacks ${missing.join(', ')}` });
  const rows: { cells: Cells; line: number }[] = [];
  for (const { record, info } of body) {
    if (record.every((cell) => cell === '')) continue;
    const cells = Object.fromEntries(COLUMNS.map((column) => [column, record[heading.record.indexOf(column)] ?? ''])) as Record<Column, string>;
    const named = { ...cells, period: cells.period.toLowerCase(), scope: cells.scope.toLowerCase() };
    if (!isMonthly(named)) {
      rows.push({ cells: named, line: info.lines });
      continue;
    }
    if (record.length < heading.record.length || record.slice(heading.record.length).some((cell) => cell !== '')) {
      return failed({ line: info.lines, column: null, detail: `has ${record.length} cells where the heading has ${heading.record.length}` });
    }
    rows.push({ cells: named, line: info.lines });
  }
  return rows.length === 0 ? failed({ line: 1, column: null, detail: 'the file has no rows' }) : ok(rows);
}

function faultOfParser(error: unknown): FiguresFault {
  const lines = typeof error === 'object' && error !== null && 'lines' in error ? error.lines : undefined;
  return {
    line: typeof lines === 'number' ? lines : 1, column: null,
    detail: `is no CSV: ${error instanceof Error ? error.message : 'unreadable'}`,
  };
}

function rowOf(cells: Cells, line: number): Result<FigureRow, FiguresFault> {
  const fault = (column: Column, detail: string) => failed({ line, column, detail });
  const unit = parseUnitCode(cells.unit_code);
  const level = FIGURE_LEVELS.find((known) => known === cells.level.toUpperCase());
  if (unit === undefined) return fault('unit_code', 'is no unit code');
  if (level === undefined) return fault('level', `is one of ${FIGURE_LEVELS.join(', ')}`);
  if (unit.length > LONGEST_CODE) return fault('unit_code', `has more than ${LONGEST_CODE} letters`);
  if (RESERVED_CODE.test(unit)) return fault('unit_code', 'is reserved for dossiers of unknown units');
  if (cells.indicator === '') return fault('indicator', 'is empty');
  for (const column of ['numerator', 'denominator'] as const) {
    if (cells[column] !== '' && !WHOLE.test(cells[column])) return fault(column, 'is neither empty nor a whole number from 0 up');
  }
  for (const column of ['points', 'max'] as const) {
    if (cells[column] !== '' && !DECIMAL.test(cells[column])) return fault(column, 'is neither empty nor a number like 15.68');
  }
  if ((cells.numerator === '') !== (cells.denominator === '')) return fault('denominator', 'and numerator stand together or not at all');
  return ok({
    line, unit, level, period: cells.period, scope: cells.scope, unitName: cells.unit_name === '' ? unit : cells.unit_name,
    indicator: cells.indicator, numerator: countOf(cells.numerator), denominator: countOf(cells.denominator),
    points: textOf(cells.points), max: textOf(cells.max),
  });
}

/** A unit has one level throughout the rows: it decides where it hangs and how it is ranked. */
function levelFaults(rows: readonly FigureRow[]): readonly FiguresFault[] {
  const levels = new Map<string, FigureRow>();
  const faults: FiguresFault[] = [];
  for (const row of rows) {
    const first = levels.get(row.unit);
    if (first === undefined) levels.set(row.unit, row);
    else if (first.level !== row.level) {
      faults.push({ line: row.line, column: 'level', detail: `of ${row.unit} is ${row.level}, on line ${first.line} it is ${first.level}` });
    }
  }
  return faults;
}

function countOf(cell: string): number | null {
  return cell === '' ? null : Number(cell);
}

function textOf(cell: string): string | null {
  return cell === '' ? null : cell;
}
