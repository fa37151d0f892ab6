import { setImmediate } from 'node:timers/promises';
import { failed, ok, type Refusal, type Result } from '@index766/kernel';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { CsvError, parse } from 'csv-parse/sync';

import type { ImportRow, RowFault } from '../domain/decide-import';

/** Most rows of one import. */
const MOST_ROWS = 20_000;
/** Checked without a pause. */
const ROWS_AT_ONCE = 200;
/** As a spreadsheet counts: the header is row 1. */
const FIRST_CSV_ROW = 2;
/** As every request is checked. */
const ROW_CHECKS = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true, validationError: { target: false, value: false } };

/** What a row has to be, and what it says. */
export interface RowForm<Row extends object, Id, Content> {
  /** With the checks of a row. */
  readonly row: new () => Row;
  toImport(row: Row): { readonly id: Id; readonly content: Content };
}

/** How the rows of a file become what a request would have said. */
export interface CsvForm<Row extends object, Id, Content> extends RowForm<Row, Id, Content> {
  /** In any order in the file; all have to be there. */
  readonly columns: readonly string[];
  /** May be left out, one by one: then no row says anything there. There are no others. */
  readonly optionalColumns?: readonly string[];
  /** An empty cell is undefined. */
  toPlain(cell: (column: string) => string | undefined): object;
}

type ImportRows<Id, Content> = Promise<Result<readonly ImportRow<Id, Content>[], Refusal | readonly RowFault[]>>;

/**
 * Reads an imported file: CSV (RFC 4180) in UTF-8 with a header. Refuses the file as a whole (IMPORT.NOT_CSV,
 * IMPORT.TOO_MANY_ROWS), or each part of each row that is wrong (IMPORT.CELL_INVALID).
 */
export async function readCsv<Row extends object, Id, Content>(text: unknown, form: CsvForm<Row, Id, Content>): ImportRows<Id, Content> {
  const records = parseCsv(text, form);
  if (!records.ok) return records;
  return checkedRows(records.value.map((record, index) => ({
    number: index + FIRST_CSV_ROW, plain: form.toPlain((column) => cellOf(record, column)),
  })), form);
}

/**
 * Reads the rows of a JSON body, each as PUT would take it; they are counted from 1. Refuses the body as a whole
 * (IMPORT.NOT_ROWS, IMPORT.TOO_MANY_ROWS), or each part of each row that is wrong (IMPORT.CELL_INVALID).
 */
export async function readJson<Row extends object, Id, Content>(body: unknown, form: RowForm<Row, Id, Content>): ImportRows<Id, Content> {
  const rows = isObject(body) && Object.keys(body).length === 1 ? body['rows'] : undefined;
  if (!Array.isArray(rows)) return failed({ code: 'IMPORT.NOT_ROWS', detail: 'send { "rows": [ … ] } as application/json', path: 'rows' });
  if (rows.length > MOST_ROWS) return tooManyRows();
  const noObjects = rows.flatMap((row: unknown, index): readonly RowFault[] =>
    (isObject(row) ? [] : [{ row: index + 1, code: 'IMPORT.CELL_INVALID', detail: 'a row is an object' }]));
  if (noObjects.length > 0) return failed(noObjects);
  return checkedRows(rows.map((row: object, index) => ({ number: index + 1, plain: row })), form);
}

/** Between some rows and the next ones other requests have their turn. */
async function checkedRows<Row extends object, Id, Content>(
  plain: readonly { readonly number: number; readonly plain: object }[], form: RowForm<Row, Id, Content>,
): ImportRows<Id, Content> {
  const rows: ImportRow<Id, Content>[] = [];
  const faults: RowFault[] = [];
  for (const { number, plain: stated } of plain) {
    const row = plainToInstance(form.row, stated);
    const wrong = faultsOf(validateSync(row, ROW_CHECKS), number);
    if (wrong.length > 0) faults.push(...wrong);
    else rows.push({ row: number, ...form.toImport(row) });
    if (number % ROWS_AT_ONCE === 0) await setImmediate();
  }
  return faults.length > 0 ? failed(faults) : ok(rows);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type CsvRecord = Readonly<Record<string, string>>;

type Columns = Pick<CsvForm<object, unknown, unknown>, 'columns' | 'optionalColumns'>;

function parseCsv(text: unknown, form: Columns): Result<readonly CsvRecord[]> {
  if (typeof text !== 'string') return notCsv(form);
  try {
    let header: readonly string[] = [];
    const records: CsvRecord[] = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      columns: (names: string[]) => {
        header = names;
        return names;
      },
      to: MOST_ROWS + 1,
    });
    if (!isHeaderOf(header, form)) return notCsv(form);
    return records.length > MOST_ROWS ? tooManyRows() : ok(records);
  } catch (error) {
    // Its message would repeat a part of the file.
    if (error instanceof CsvError) return notCsv(form);
    throw error;
  }
}

function isHeaderOf(header: readonly string[], { columns, optionalColumns = [] }: Columns): boolean {
  const names = new Set(header);
  return names.size === header.length
    && columns.every((column) => names.has(column))
    && header.every((name) => columns.includes(name) || optionalColumns.includes(name));
}

function notCsv({ columns, optionalColumns = [] }: Columns): Result<never> {
  const others = optionalColumns.length === 0 ? ' and no others' : `, and of these those that are needed: ${optionalColumns.join(', ')}`;
  return failed({ code: 'IMPORT.NOT_CSV', detail: `send CSV in UTF-8 as text/csv with the columns ${columns.join(', ')}${others}` });
}

function tooManyRows(): Result<never> {
  return failed({ code: 'IMPORT.TOO_MANY_ROWS', detail: `one import takes ${MOST_ROWS} rows; send them in parts` });
}

function cellOf(record: CsvRecord, column: string): string | undefined {
  const cell = record[column];
  return cell === undefined || cell === '' ? undefined : cell.normalize('NFC');
}

function faultsOf(errors: readonly ValidationError[], row: number, above = ''): readonly RowFault[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const path = `${above}${property}`;
    const own = Object.values(constraints ?? {}).map((detail): RowFault => ({ row, code: 'IMPORT.CELL_INVALID', detail, path }));
    return [...own, ...faultsOf(children ?? [], row, `${path}.`)];
  });
}
