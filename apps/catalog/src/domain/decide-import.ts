import { compareText, failed, ok, type Instant, type Refusal, type Result, type UnitCode } from '@index766/kernel';

import { decideProcedure, type ProcedureContent, type ProcedureId } from './procedure';
import { decideUnit } from './decide-unit';
import { decideFigure, type FigureContent, type FigureId } from './reported-figure';
import type { UnitContent, UnitDirectory } from './unit';
import { numbered, type History, type Recorded, type Validity } from './versions';

/** One line of an imported file. */
export interface ImportRow<Id, Content> {
  /** In a file as a spreadsheet counts: the header is row 1. In a JSON list from 1. */
  readonly row: number;
  readonly id: Id;
  readonly content: Content;
}

export interface RowFault extends Refusal {
  readonly row: number;
}

/** The versions that an import adds, by key. */
export type Additions<Content> = ReadonlyMap<string, readonly Recorded<Content>[]>;

/**
 * Decides a whole file of units: all rows, or every row that is wrong. Rows may stand in any order: a parent or a
 * successor may come after the unit that names it.
 */
export function decideUnitImport(
  rows: readonly ImportRow<UnitCode, UnitContent>[], existing: UnitDirectory, now: Instant,
): Result<Additions<UnitContent>, readonly RowFault[]> {
  const known = new Map<string, History<UnitContent>>();
  const directory: UnitDirectory = { find: (code) => known.get(code) ?? existing.find(code) };
  return decideRows(rows, (code) => code, known, ({ id, content }) => {
    const decided = decideUnit(id, content, directory, now);
    return decided.ok ? ok({ history: directory.find(id) ?? [], added: decided.value }) : decided;
  });
}

/** Units as they would be after an import: what is recorded already, else what the file says. */
export function withProposed(
  existing: UnitDirectory, rows: readonly ImportRow<UnitCode, UnitContent>[], now: Instant,
): UnitDirectory {
  const proposed = new Map<UnitCode, History<UnitContent>>();
  for (const { id, content } of rows) {
    const history = proposed.get(id) ?? [];
    proposed.set(id, [...history, numbered(history, content, now)]);
  }
  return { find: (code) => existing.find(code) ?? proposed.get(code) };
}

/** Decides a whole file of procedures: all rows, or every row that is wrong. */
export function decideProcedureImport(
  rows: readonly ImportRow<ProcedureId, ProcedureContent>[], keyOf: (id: ProcedureId) => string,
  existing: ReadonlyMap<string, History<ProcedureContent>>, units: UnitDirectory, now: Instant,
): Result<Additions<ProcedureContent>, readonly RowFault[]> {
  const known = new Map<string, History<ProcedureContent>>();
  return decideRows(rows, keyOf, known, ({ id, content }) => {
    const key = keyOf(id);
    const history = known.get(key) ?? existing.get(key) ?? [];
    const decided = decideProcedure(id, history, content, units, now);
    return decided.ok ? ok({ history, added: decided.value }) : decided;
  });
}

/** Decides a whole file of reported figures: all rows, or every row that is wrong. */
export function decideFigureImport(
  rows: readonly ImportRow<FigureId, FigureContent>[], keyOf: (id: FigureId) => string,
  existing: ReadonlyMap<string, History<FigureContent>>, units: UnitDirectory, now: Instant,
): Result<Additions<FigureContent>, readonly RowFault[]> {
  const { single, repeated } = separateRepeated(rows, ({ id }) => keyOf(id), 'another row is about the same figure', 'measure');
  const additions = new Map<string, readonly Recorded<FigureContent>[]>();
  const faults = single.flatMap(({ row, id, content }): readonly RowFault[] => {
    const key = keyOf(id);
    const decided = decideFigure(id, existing.get(key) ?? [], content, units, now);
    if (!decided.ok) return [{ row, ...decided.error }];
    if (decided.value !== undefined) additions.set(key, [decided.value]);
    return [];
  });
  return faults.length + repeated.length === 0 ? ok(additions) : failed(byRow([...repeated, ...faults]));
}

interface DecidedRow<Content> {
  readonly history: History<Content>;
  readonly added: Recorded<Content> | undefined;
}

/**
 * Decides row by row, and again those that were refused, as long as another one was accepted since: what they were
 * waiting for may have come after them.
 */
function decideRows<Id, Content extends Validity>(
  rows: readonly ImportRow<Id, Content>[], keyOf: (id: Id) => string, known: Map<string, History<Content>>,
  decide: (row: ImportRow<Id, Content>) => Result<DecidedRow<Content>>,
): Result<Additions<Content>, readonly RowFault[]> {
  // Two rows about one key and one beginning: which of them counts would depend on their order.
  const placeOf = ({ id, content }: ImportRow<Id, Content>) => `${keyOf(id)} ${content.validFrom}`;
  const { single, repeated } = separateRepeated(rows, placeOf, 'another row says what begins on the same day', 'validFrom');
  const additions = new Map<string, readonly Recorded<Content>[]>();
  let pending = [...single].sort((a, b) => compareText(a.content.validFrom, b.content.validFrom));
  let faults: RowFault[] = [];
  do {
    faults = [];
    const refusedRows = pending.filter((row) => {
      const decided = decide(row);
      if (!decided.ok) {
        faults.push({ row: row.row, ...decided.error });
        return true;
      }
      const { history, added } = decided.value;
      const key = keyOf(row.id);
      if (added !== undefined) {
        known.set(key, [...history, added]);
        additions.set(key, [...(additions.get(key) ?? []), added]);
      }
      return false;
    });
    if (refusedRows.length === pending.length) break;
    pending = refusedRows;
  } while (pending.length > 0);
  return repeated.length + faults.length === 0 ? ok(additions) : failed(byRow([...repeated, ...faults]));
}

function separateRepeated<Row extends ImportRow<unknown, unknown>>(
  rows: readonly Row[], placeOf: (row: Row) => string, detail: string, path: string,
): { readonly single: readonly Row[]; readonly repeated: readonly RowFault[] } {
  const seen = new Set<string>();
  const single: Row[] = [];
  const repeated: RowFault[] = [];
  for (const row of rows) {
    const place = placeOf(row);
    if (seen.has(place)) {
      repeated.push({ row: row.row, code: 'IMPORT.ROW_REPEATED', detail, path });
    } else {
      seen.add(place);
      single.push(row);
    }
  }
  return { single, repeated };
}

function byRow(faults: readonly RowFault[]): readonly RowFault[] {
  return [...faults].sort((a, b) => a.row - b.row);
}
