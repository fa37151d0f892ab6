import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Instant, Period, UnitCode } from '@index766/kernel';
import { Public } from '@index766/platform-auth';
import { Answers, AnswersWithCsv, PeriodPipe, Refuses, UnitCodePipe, orRefuse, sendCsv } from '@index766/platform-http';
import type { Response } from 'express';

import { FORMAT_QUERY, FormatPipe, KNOWN_AT_QUERY, KnownAtPipe, type Format } from '../../scores';
import { ReconciliationQueries } from '../reconciliation-queries';
import { RECONCILIATION_COLUMNS, reconciliationJson, reconciliationListJson, reconciliationRows } from './reconciliation-json';
import { RECONCILIATION_ANSWER, RECONCILIATION_LIST_ANSWER } from './reconciliation-schemas';

const CSV_COLUMNS = RECONCILIATION_COLUMNS.map((title) => ({ title, value: (row: ReturnType<typeof reconciliationRows>[number]) => row[title] }));
const PERIOD_QUERY = { name: 'period', schema: { type: 'string' }, example: '2026-10' } as const;

/** Our figures beside those that the portal published, with the gap and what explains it. Public, as both are. */
@ApiTags('reconciliation')
@Public()
@Controller('v1')
export class ReconciliationController {
  constructor(private readonly queries: ReconciliationQueries) {}

  /** Refuses UNIT.UNKNOWN, DEFINITION.NONE, PORTAL_FIGURES.NONE (404), PERIOD.UNKNOWN (400). */
  @ApiOperation({ summary: "Each indicator, group and the total of a unit: ours, the portal's, the gap, and its explanations" })
  @ApiQuery(PERIOD_QUERY)
  @ApiQuery(FORMAT_QUERY)
  @ApiQuery(KNOWN_AT_QUERY)
  @AnswersWithCsv(RECONCILIATION_ANSWER)
  @Refuses('UNIT.UNKNOWN', 'PERIOD.UNKNOWN', 'DEFINITION.NONE', 'PORTAL_FIGURES.NONE')
  @Get('units/:unit/reconciliation')
  async ofUnit(
    @Param('unit', UnitCodePipe) unit: UnitCode,
    @Query('period', PeriodPipe) period: Period,
    @Query('format', FormatPipe) format: Format,
    @Query('knownAt', KnownAtPipe) knownBy: Instant | null,
    @Res() response: Response,
  ): Promise<void> {
    const found = orRefuse(await this.queries.ofUnit(unit, period, knownBy));
    if (format === 'csv') sendCsv(response, `reconciliation-${unit}-${period.name}.csv`, CSV_COLUMNS, reconciliationRows(found));
    else response.json(reconciliationJson(found));
  }

  /** Refuses UNIT.UNKNOWN, DEFINITION.NONE (404), PERIOD.UNKNOWN (400). */
  @ApiOperation({ summary: 'Which units right below a unit have imported figures, and where they differ' })
  @ApiQuery({ name: 'parent', schema: { type: 'string' }, example: 'H44' })
  @ApiQuery(PERIOD_QUERY)
  @ApiQuery(KNOWN_AT_QUERY)
  @Answers(RECONCILIATION_LIST_ANSWER)
  @Refuses('UNIT.UNKNOWN', 'PERIOD.UNKNOWN', 'DEFINITION.NONE')
  @Get('reconciliation')
  async ofChildren(
    @Query('parent', UnitCodePipe) parent: UnitCode,
    @Query('period', PeriodPipe) period: Period,
    @Query('knownAt', KnownAtPipe) knownBy: Instant | null,
  ) {
    return reconciliationListJson(parent, period.name, orRefuse(await this.queries.ofChildren(parent, period, knownBy)));
  }
}
