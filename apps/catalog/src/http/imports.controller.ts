import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import {
  ApiBearerAuth, ApiBody, ApiConsumes, ApiExtraModels, ApiHeader, ApiOperation, ApiTags, getSchemaPath,
} from '@nestjs/swagger';
import type { Instant, Refusal, Result } from '@index766/kernel';
import { CurrentPrincipal, Roles, type Principal } from '@index766/platform-auth';
import { Answers, RefusalException, Refuses } from '@index766/platform-http';

import { ImportFigures } from '../application/import-figures';
import { ImportProcedures } from '../application/import-procedures';
import { ImportUnits } from '../application/import-units';
import type { RowFault } from '../domain/decide-import';
import { IMPORT_ANSWER } from './answer-schemas';
import { FIGURE_FORM, PROCEDURE_FORM, ProcedureRow, UNIT_FORM } from './import-forms';
import { readCsv, readJson } from './import-rows';
import { IMPORT_REFUSALS, RECORD_REFUSALS } from './refusals';
import { RECORDED_AT_HEADER, RecordedAt } from './recorded-at.decorator';

/**
 * Files of units, procedures and reported figures: all rows are recorded, or none, and then every row that is wrong is named. A file may
 * be sent again: what is recorded already is not recorded twice.
 */
@ApiTags('imports')
@ApiBearerAuth()
@Controller('v1/imports')
export class ImportsController {
  constructor(
    private readonly importUnits: ImportUnits,
    private readonly importProcedures: ImportProcedures,
    private readonly importFigures: ImportFigures,
  ) {}

  /** Refuses IMPORT.NOT_CSV (400), IMPORT.TOO_MANY_ROWS (413), IMPORT.ROWS_REFUSED (422). */
  @ApiOperation({ summary: `Import units. Columns: ${UNIT_FORM.columns.join(', ')}` })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string' } })
  @ApiHeader({ name: RECORDED_AT_HEADER, required: false, description: 'Role replay only.' })
  @Answers(IMPORT_ANSWER)
  @Refuses(...RECORD_REFUSALS, ...IMPORT_REFUSALS)
  @Roles('administrator')
  @Post('units')
  @HttpCode(200)
  async units(@Body() body: unknown, @CurrentPrincipal() principal: Principal, @RecordedAt() recordedAt: Instant | undefined) {
    const rows = orRefuseRows(await readCsv(body, UNIT_FORM));
    return { rows: rows.length, recorded: orRefuseRows(await this.importUnits.execute({ rows, principal, recordedAt })) };
  }

  /** Refuses as `units`. */
  @ApiOperation({ summary: `Import procedures. Columns: ${PROCEDURE_FORM.columns.join(', ')}; may be left out: ${(PROCEDURE_FORM.optionalColumns ?? []).join(', ')}` })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string' } })
  @ApiHeader({ name: RECORDED_AT_HEADER, required: false, description: 'Role replay only.' })
  @Answers(IMPORT_ANSWER)
  @Refuses(...RECORD_REFUSALS, ...IMPORT_REFUSALS)
  @Roles('administrator')
  @Post('procedures')
  @HttpCode(200)
  async procedures(@Body() body: unknown, @CurrentPrincipal() principal: Principal, @RecordedAt() recordedAt: Instant | undefined) {
    const rows = orRefuseRows(await readCsv(body, PROCEDURE_FORM));
    return { rows: rows.length, recorded: orRefuseRows(await this.importProcedures.execute({ rows, principal, recordedAt })) };
  }

  /** As `procedures`; refuses IMPORT.NOT_ROWS (400) in the place of IMPORT.NOT_CSV. */
  @ApiOperation({ summary: 'Import procedures as JSON: rows as PUT takes them, each with its code' })
  @ApiConsumes('application/json')
  @ApiExtraModels(ProcedureRow)
  @ApiBody({
    schema: { type: 'object', required: ['rows'], properties: { rows: { type: 'array', items: { $ref: getSchemaPath(ProcedureRow) } } } },
  })
  @ApiHeader({ name: RECORDED_AT_HEADER, required: false, description: 'Role replay only.' })
  @Answers(IMPORT_ANSWER)
  @Refuses(...RECORD_REFUSALS, ...IMPORT_REFUSALS)
  @Roles('administrator')
  @Post('procedures/json')
  @HttpCode(200)
  async proceduresAsJson(@Body() body: unknown, @CurrentPrincipal() principal: Principal, @RecordedAt() recordedAt: Instant | undefined) {
    const rows = orRefuseRows(await readJson(body, PROCEDURE_FORM));
    return { rows: rows.length, recorded: orRefuseRows(await this.importProcedures.execute({ rows, principal, recordedAt })) };
  }

  /** Refuses as `units`, and FIGURE.NO_REPORTER (403). */
  @ApiOperation({ summary: `Import reported figures. Columns: ${FIGURE_FORM.columns.join(', ')}` })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string' } })
  @ApiHeader({ name: RECORDED_AT_HEADER, required: false, description: 'Role replay only.' })
  @Answers(IMPORT_ANSWER)
  @Refuses(...RECORD_REFUSALS, ...IMPORT_REFUSALS, 'FIGURE.NO_REPORTER')
  @Roles('administrator')
  @Post('reported-figures')
  @HttpCode(200)
  async figures(@Body() body: unknown, @CurrentPrincipal() principal: Principal, @RecordedAt() recordedAt: Instant | undefined) {
    const rows = orRefuseRows(await readCsv(body, FIGURE_FORM));
    return { rows: rows.length, recorded: orRefuseRows(await this.importFigures.execute({ rows, principal, recordedAt })) };
  }
}

function orRefuseRows<T>(result: Result<T, Refusal | readonly RowFault[]>): T {
  if (result.ok) return result.value;
  const { error } = result;
  if (!isRows(error)) throw new RefusalException(error);
  throw new RefusalException(
    { code: 'IMPORT.ROWS_REFUSED', detail: 'nothing was imported; see errors' },
    error.map(({ row, path, code, detail }) => ({ path: `rows.${row}${path === undefined ? '' : `.${path}`}`, code, detail })),
  );
}

function isRows(error: Refusal | readonly RowFault[]): error is readonly RowFault[] {
  return Array.isArray(error);
}
