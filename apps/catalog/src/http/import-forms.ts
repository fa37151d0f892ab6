import { REPORTED_INDICES } from '@index766/contracts-catalog';
import { parseProcedureCode, parseUnitCode, type ProcedureCode, type UnitCode } from '@index766/kernel';

import type { ProcedureContent, ProcedureId } from '../domain/procedure';
import type { FigureId, StatedFigure } from '../domain/reported-figure';
import type { UnitContent } from '../domain/unit';
import { IsProcedureCode, IsUnitCode } from '@index766/platform-http';
import { ApiProperty } from '@nestjs/swagger';
import type { CsvForm } from './import-rows';
import { ProcedureDto, toProcedureContent } from './procedure.dto';
import { ReportedFigureRow, toStatedFigure } from './reported-figure.dto';
import { UnitDto, toUnitContent } from './unit.dto';

/** A row of a file of units: what PUT takes, with the code. */
export class UnitRow extends UnitDto {
  @IsUnitCode()
  readonly code!: UnitCode;
}

/** A row of a file of procedures: what PUT takes, with the code. */
export class ProcedureRow extends ProcedureDto {
  @ApiProperty({ type: String, example: '2.000815' })
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
  optionalColumns: [
    'announcementDueOn', 'announcedOn', 'publicationDueOn', 'publishedOn', 'parts', 'onlineLevel', 'offeredOnline', 'eligibleForFull', 'fee',
    'onlinePayment', 'citizen', 'resultDocument', 'certifiedCopies',
  ],
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
      announcement: { dueOn: cell('announcementDueOn'), on: cell('announcedOn') },
      publication: { dueOn: cell('publicationDueOn'), on: cell('publishedOn') },
      parts: listOf(cell('parts')),
      onlineLevel: cell('onlineLevel')?.toLowerCase(),
      offeredOnline: flagOf(cell('offeredOnline')),
      eligibleForFull: flagOf(cell('eligibleForFull')),
      fee: flagOf(cell('fee')),
      onlinePayment: flagOf(cell('onlinePayment')),
      citizen: flagOf(cell('citizen')),
      resultDocument: flagOf(cell('resultDocument')),
      certifiedCopies: flagOf(cell('certifiedCopies')),
      validFrom: cell('validFrom'),
      validTo: cell('validTo'),
    };
  },
  toImport: (row) => ({ id: { code: row.code, unit: row.unit }, content: toProcedureContent(row) }),
};

export const FIGURE_FORM: CsvForm<ReportedFigureRow, FigureId, StatedFigure> = {
  columns: ['unit', 'measure', 'period', 'value', 'sourceDocument', 'sourceDay'],
  row: ReportedFigureRow,
  toPlain: (cell) => ({
    unit: unitOf(cell('unit')),
    measure: cell('measure')?.toLowerCase(),
    period: cell('period'),
    value: figureOf(cell('measure'), cell('value')),
    source: { document: cell('sourceDocument'), day: cell('sourceDay') },
  }),
  toImport: (row) => ({ id: { unit: row.unit, measure: row.measure, period: row.period }, content: toStatedFigure(row) }),
};

/** Spreadsheets are written by people: the one form of the code, or the cell as it is, to be refused. */
function unitOf(cell: string | undefined): string | undefined {
  return cell === undefined ? undefined : (parseUnitCode(cell) ?? cell);
}

function numberOf(cell: string | undefined): unknown {
  return cell !== undefined && /^\d{1,6}$/.test(cell) ? Number(cell) : cell;
}

/** The digits of an index stay as they are written. */
function figureOf(measure: string | undefined, cell: string | undefined): unknown {
  const isIndex = (REPORTED_INDICES as readonly unknown[]).includes(measure?.toLowerCase());
  return cell !== undefined && !isIndex && /^\d{1,15}$/.test(cell) ? Number(cell) : cell;
}

/** `name;steps`: a comma would need quotes. */
function listOf(cell: string | undefined): readonly string[] | undefined {
  return cell?.split(';').map((part) => part.trim().toLowerCase());
}

function flagOf(cell: string | undefined): unknown {
  const flag = cell?.toLowerCase();
  return flag === 'true' ? true : flag === 'false' ? false : cell;
}
