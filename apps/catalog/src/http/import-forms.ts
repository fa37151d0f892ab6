import { parseProcedureCode, parseUnitCode, type ProcedureCode, type UnitCode } from '@index766/kernel';

import type { ProcedureContent, ProcedureId } from '../domain/procedure';
import type { UnitContent } from '../domain/unit';
import { IsProcedureCode, IsUnitCode } from '@index766/platform-http';
import type { CsvForm } from './csv-rows';
import { ProcedureDto, toProcedureContent } from './procedure.dto';
import { UnitDto, toUnitContent } from './unit.dto';

/** A row of a file of units: what PUT takes, with the code. */
export class UnitRow extends UnitDto {
  @IsUnitCode()
  readonly code!: UnitCode;
}

/** A row of a file of procedures: what PUT takes, with the code. */
export class ProcedureRow extends ProcedureDto {
  @IsProcedureCode()
  readonly code!: ProcedureCode;
}

export const UNIT_FORM: CsvForm<UnitRow, UnitCode, UnitContent> = {
  columns: ['code', 'name', 'level', 'parent', 'validFrom', 'validTo', 'successor', 'reportingSince'],
  row: UnitRow,
  toPlain: (cell) => ({
    code: unitOf(cell('code')),
    name: cell('name'),
    level: cell('level')?.toUpperCase(),
    parent: unitOf(cell('parent')) ?? null,
    validFrom: cell('validFrom'),
    validTo: cell('validTo'),
    successor: unitOf(cell('successor')),
    reportingSince: cell('reportingSince'),
  }),
  toImport: (row) => ({ id: row.code, content: toUnitContent(row) }),
};

export const PROCEDURE_FORM: CsvForm<ProcedureRow, ProcedureId, ProcedureContent> = {
  columns: ['code', 'unit', 'name', 'termKind', 'termAmount', 'pauseOnFinancialObligation', 'validFrom', 'validTo'],
  row: ProcedureRow,
  toPlain: (cell) => {
    const [kind, amount] = [cell('termKind'), cell('termAmount')];
    const code = cell('code');
    return {
      code: code === undefined ? undefined : (parseProcedureCode(code) ?? code),
      unit: unitOf(cell('unit')),
      name: cell('name'),
      term: kind === undefined && amount === undefined ? undefined : { kind, amount: numberOf(amount) },
      pauseOnFinancialObligation: flagOf(cell('pauseOnFinancialObligation')),
      validFrom: cell('validFrom'),
      validTo: cell('validTo'),
    };
  },
  toImport: (row) => ({ id: { code: row.code, unit: row.unit }, content: toProcedureContent(row) }),
};

/** Spreadsheets are written by people: the one form of the code, or the cell as it is, to be refused. */
function unitOf(cell: string | undefined): string | undefined {
  return cell === undefined ? undefined : (parseUnitCode(cell) ?? cell);
}

function numberOf(cell: string | undefined): unknown {
  return cell !== undefined && /^\d{1,6}$/.test(cell) ? Number(cell) : cell;
}

function flagOf(cell: string | undefined): unknown {
  const flag = cell?.toLowerCase();
  return flag === 'true' ? true : flag === 'false' ? false : cell;
}
