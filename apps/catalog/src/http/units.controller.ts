import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Instant, UnitCode } from '@index766/kernel';
import { CurrentPrincipal, Public, Roles, type Principal } from '@index766/platform-auth';
import { Answers, Refuses, UnitCodePipe, orRefuse } from '@index766/platform-http';

import { RecordUnit } from '../application/record-unit';
import { UnitQueries } from '../queries/reference-queries';
import { UNIT_ANSWERS } from './answer-schemas';
import { entryJson, listedJson, pageJson, recordedJson } from './answers';
import { AsOfQuery, UnitListQuery, asOfOf } from './list-query.dto';
import { RECORDED_AT_HEADER, RecordedAt } from './recorded-at.decorator';
import { RECORD_REFUSALS, UNIT_REFUSALS } from './refusals';
import { UnitDto, toUnitContent } from './unit.dto';

/** Units with their parents and validity. Reading is public. */
@ApiTags('units')
@Controller('v1/units')
export class UnitsController {
  constructor(
    private readonly recordUnit: RecordUnit,
    private readonly queries: UnitQueries,
  ) {}

  /** The same body again records nothing. Refuses UNIT.* and VALIDITY.* (422), AUTH.UNIT_OUT_OF_SCOPE (403). */
  @ApiOperation({ summary: 'Record a version of a unit' })
  @ApiBearerAuth()
  @ApiHeader({ name: RECORDED_AT_HEADER, required: false, description: 'Role replay only.' })
  @Answers(UNIT_ANSWERS.recorded)
  @Refuses(...RECORD_REFUSALS, ...UNIT_REFUSALS)
  @Roles('administrator')
  @Put(':code')
  async record(
    @Param('code', UnitCodePipe) code: UnitCode, @Body() body: UnitDto, @CurrentPrincipal() principal: Principal,
    @RecordedAt() recordedAt: Instant | undefined,
  ) {
    const recorded = orRefuse(await this.recordUnit.execute({ code, content: toUnitContent(body), principal, recordedAt }));
    return { code, ...recordedJson(recorded) };
  }

  @ApiOperation({ summary: 'One unit: what holds on a day, and every version' })
  @Answers(UNIT_ANSWERS.one)
  @Refuses('UNIT.NOT_FOUND')
  @Public()
  @Get(':code')
  async one(@Param('code', UnitCodePipe) code: UnitCode, @Query() query: AsOfQuery) {
    return entryJson(orRefuse(await this.queries.one(code, asOfOf(query))));
  }

  @ApiOperation({ summary: 'Units as of a day, in the order of their codes' })
  @Answers(UNIT_ANSWERS.page)
  @Public()
  @Get()
  async list(@Query() query: UnitListQuery) {
    const { parent, level, after, limit } = query;
    const page = await this.queries.page({
      ...asOfOf(query), after, limit,
      having: parent === undefined ? undefined : { field: 'parent', value: parent },
      matches: (unit) => (parent === undefined || unit.parent === parent) && (level === undefined || unit.level === level),
    });
    return pageJson(page, listedJson);
  }
}
