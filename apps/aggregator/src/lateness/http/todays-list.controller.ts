import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { localDayOf, type UnitCode } from '@index766/kernel';
import { OptionalPrincipal, Public, type Principal } from '@index766/platform-auth';
import { AnswersWithCsv, Refuses, UnitCodePipe, orRefuse, sendCsv } from '@index766/platform-http';
import type { Response } from 'express';

import { FORMAT_QUERY, FormatPipe, type Format } from '../../scores';
import { OfficerNaming } from '../officer-naming';
import { TodaysListQueries } from '../todays-list-queries';
import { TODAYS_LIST_ANSWER } from './lateness-schemas';
import { TODAYS_LIST_COLUMNS, todaysListJson, todaysListRows, type TodaysListRow } from './todays-list-json';

const CSV_COLUMNS = TODAYS_LIST_COLUMNS.map((title) => ({ title, value: (row: TodaysListRow) => row[title] }));

/** Before it is late. Public, with pseudonyms; names need the role `officer-list` and the unit in scope. */
@ApiTags('lateness')
@Public()
@Controller('v1/units/:unit/todays-list')
export class TodaysListController {
  constructor(
    private readonly lists: TodaysListQueries,
    private readonly naming: OfficerNaming,
  ) {}

  /** Refuses UNIT.UNKNOWN (404), REQUEST.INVALID (400). */
  @ApiOperation({ summary: 'Per officer and desk: what is past its due instant, due today, due on the next working day, with the working hours left' })
  @ApiQuery(FORMAT_QUERY)
  @AnswersWithCsv(TODAYS_LIST_ANSWER)
  @Refuses('UNIT.UNKNOWN')
  @Get()
  async ofUnit(
    @Param('unit', UnitCodePipe) unit: UnitCode,
    @Query('format', FormatPipe) format: Format,
    @OptionalPrincipal() principal: Principal | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const found = orRefuse(await this.lists.ofUnit(unit));
    const names = this.naming.forReader(principal, unit, { lastDay: localDayOf(found.evaluatedAt) });
    if (format === 'csv') sendCsv(response, `todays-list-${unit}.csv`, CSV_COLUMNS, todaysListRows(found, names));
    else response.json(todaysListJson(found, names));
  }
}
