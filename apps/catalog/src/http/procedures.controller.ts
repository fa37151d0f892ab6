import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { procedureKey } from '@index766/contracts-catalog';
import type { Instant, ProcedureCode } from '@index766/kernel';
import { CurrentPrincipal, Public, Roles, type Principal } from '@index766/platform-auth';
import { Answers, ProcedureCodePipe, Refuses, orRefuse } from '@index766/platform-http';

import { RecordProcedure } from '../application/record-procedure';
import { ProcedureQueries } from '../queries/reference-queries';
import { PROCEDURE_ANSWERS } from './answer-schemas';
import { entryJson, listedJson, pageJson, recordedJson } from './answers';
import { ProcedureListQuery, ProcedureQuery, asOfOf } from './list-query.dto';
import { ProcedureDto, toProcedureContent } from './procedure.dto';
import { PROCEDURE_REFUSALS, RECORD_REFUSALS } from './refusals';
import { RECORDED_AT_HEADER, RecordedAt } from './recorded-at.decorator';

/** Procedures with their terms, as every unit or as one unit has them. Reading is public. */
@ApiTags('procedures')
@Controller('v1/procedures')
export class ProceduresController {
  constructor(
    private readonly recordProcedure: RecordProcedure,
    private readonly queries: ProcedureQueries,
  ) {}

  /** The same body again records nothing. Refuses PROCEDURE.* and VALIDITY.* (422), AUTH.UNIT_OUT_OF_SCOPE (403). */
  @ApiOperation({ summary: 'Record a version of a procedure, for every unit or for one' })
  @ApiBearerAuth()
  @ApiHeader({ name: RECORDED_AT_HEADER, required: false, description: 'Role replay only.' })
  @Answers(PROCEDURE_ANSWERS.recorded)
  @Refuses(...RECORD_REFUSALS, ...PROCEDURE_REFUSALS)
  @Roles('administrator')
  @Put(':code')
  async record(
    @Param('code', ProcedureCodePipe) code: ProcedureCode, @Body() body: ProcedureDto, @CurrentPrincipal() principal: Principal,
    @RecordedAt() recordedAt: Instant | undefined,
  ) {
    const id = { code, unit: body.unit };
    const recorded = orRefuse(await this.recordProcedure.execute({ id, content: toProcedureContent(body), principal, recordedAt }));
    return { key: procedureKey(id), ...id, ...recordedJson(recorded) };
  }

  @ApiOperation({ summary: 'One procedure as every unit or as one unit has it: what holds on a day, and every version' })
  @Answers(PROCEDURE_ANSWERS.one)
  @Refuses('PROCEDURE.NOT_FOUND')
  @Public()
  @Get(':code')
  async one(@Param('code', ProcedureCodePipe) code: ProcedureCode, @Query() query: ProcedureQuery) {
    return entryJson(orRefuse(await this.queries.one(procedureKey({ code, unit: query.unit }), asOfOf(query))));
  }

  @ApiOperation({ summary: 'Procedures as of a day, in the order of their keys: code, or code@unit' })
  @Answers(PROCEDURE_ANSWERS.page)
  @Public()
  @Get()
  async list(@Query() query: ProcedureListQuery) {
    const { after, limit } = query;
    return pageJson(await this.queries.page({ ...asOfOf(query), after, limit, matches: () => true }), listedJson);
  }
}
