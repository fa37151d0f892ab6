import { failed, ok, type Refusal, type Result } from '@index766/kernel';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { CsvError, parse } from 'csv-parse/sync';

import type { ImportRow, RowFault } from '../domain/decide-import';

/** Most rows of one import. */
const MOST_ROWS = 20_000;

/** How the rows of a file become what a request would have said. */
export interface CsvForm<Row extends object, Id, Content> {
  /** In any order in the file; all have to be there, and no others. */
  readonly columns: readonly string[];
  /** With the checks of a row. */
  readonly row: new () => Row;
  /** An empty cell is undefined. */
  toPlain(cell: (column: string) => string | undefined): object;
  toImport(row: Row): { readonly id: Id; readonly content: Content };
}

/**
 * Reads an imported file: CSV (RFC 4180) in UTF-8 with a header. Refuses the file as a whole (IMPORT.NOT_CSV,
 * IMPORT.TOO_MANY_ROWS), or each part of each row that is wrong (IMPORT.CELL_INVALID).
 */
export function readRows<Row extends object, Id, Content>(
  text: unknown, form: CsvForm<Row, Id, Content>,
): Result<readonly ImportRow<Id, Content>[], Refusal | readonly RowFault[]> {
  const records = parseCsv(text, form.columns);
  if (!records.ok) return records;
  const rows = records.value.map((record, index) => ({
    number: index + 2,
    row: plainToInstance(form.row, form.toPlain((column) => cellOf(record, column))),
  }));
  const faults = rows.flatMap(({ number, row }) => faultsOf(validateSync(row, { validationError: { target: false, value: false } }), number));
  if (faults.length > 0) return failed(faults);
  return ok(rows.map(({ number, row }) => ({ row: number, ...form.toImport(row) })));
}

type CsvRecord = Readonly<Record<string, string>>;

function parseCsv(text: unknown, columns: readonly string[]): Result<readonly CsvRecord[]> {
  if (typeof text !== 'string') return notCsv(columns);
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
    if (header.length !== columns.length || !columns.every((column) => header.includes(column))) return notCsv(columns);
    if (records.length > MOST_ROWS) {
      return failed({ code: 'IMPORT.TOO_MANY_ROWS', detail: `one import takes ${MOST_ROWS} rows; send the file in parts` });
    }
    return ok(records);
  } catch (error) {
    // Its message would repeat a part of the file.
    if (error instanceof CsvError) return notCsv(columns);
    throw error;
  }
}

function notCsv(columns: readonly string[]): Result<never> {
  return failed({
    code: 'IMPORT.NOT_CSV', detail: `send CSV in UTF-8 as text/csv with exactly these columns: ${columns.join(', ')}`,
  });
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
