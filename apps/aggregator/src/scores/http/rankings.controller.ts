import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Instant, Period, UnitCode } from '@index766/kernel';
import { Public } from '@index766/platform-auth';
import { Answers, AnswersWithCsv, PeriodPipe, RefusalException, Refuses, UnitCodePipe, orRefuse, sendCsv } from '@index766/platform-http';
import type { Response } from 'express';

import { PlanQueries } from '../plan-queries';
import { RankingQueries } from '../ranking-queries';
import { FORMAT_QUERY, FormatPipe, type Format } from './format.pipe';
import { KNOWN_AT_QUERY, KnownAtPipe } from './known-at.pipe';
import { RANKING_COLUMNS, peersJson, planJson, rankingJson, rankingRows } from './ranking-json';
import { PEERS_ANSWER, PLAN_ANSWER, RANKING_ANSWER } from './ranking-schemas';

const CSV_COLUMNS = RANKING_COLUMNS.map((title) => ({ title, value: (row: ReturnType<typeof rankingRows>[number]) => row[title] }));
const GROUP = /^[A-Za-z0-9-]{1,20}$/;
const YEAR = /^20\d\d$/;

/** Units beside each other: ranked, among their peers, against their plans. Public, as the scores. */
@ApiTags('rankings')
@Public()
@Controller('v1')
export class RankingsController {
  constructor(
    private readonly rankings: RankingQueries,
    private readonly plans: PlanQueries,
  ) {}

  /** Without `group` by the total. Refuses UNIT.UNKNOWN (404), PERIOD.UNKNOWN (400), DEFINITION.NONE and GROUP.UNKNOWN (404). */
  @ApiOperation({ summary: 'The units right below a unit, ranked by the total or by one group, level by level' })
  @ApiQuery({ name: 'parent', schema: { type: 'string' }, example: 'H44' })
  @ApiQuery({ name: 'period', schema: { type: 'string' }, example: '2026-10' })
  @ApiQuery({ name: 'group', required: false, schema: { type: 'string' }, example: 'TDGQ' })
  @ApiQuery(FORMAT_QUERY)
  @ApiQuery(KNOWN_AT_QUERY)
  @AnswersWithCsv(RANKING_ANSWER)
  @Refuses('UNIT.UNKNOWN', 'PERIOD.UNKNOWN', 'DEFINITION.NONE', 'GROUP.UNKNOWN')
  @Get('rankings')
  async ofChildren(
    @Query('parent', UnitCodePipe) parent: UnitCode,
    @Query('period', PeriodPipe) period: Period,
    @Query('group') group: unknown,
    @Query('format', FormatPipe) format: Format,
    @Query('knownAt', KnownAtPipe) knownBy: Instant | null,
    @Res() response: Response,
  ): Promise<void> {
    const ranking = orRefuse(await this.rankings.ofChildren(parent, period, groupOf(group), knownBy));
    if (format === 'csv') sendCsv(response, `ranking-${parent}-${period.name}.csv`, CSV_COLUMNS, rankingRows(ranking));
    else response.json(rankingJson(ranking));
  }

  /** Refuses UNIT.UNKNOWN (404), PERIOD.UNKNOWN (400), DEFINITION.NONE (404). */
  @ApiOperation({ summary: 'Units of the same level with a volume within 20 % of the unit’s' })
  @ApiQuery({ name: 'period', schema: { type: 'string' }, example: '2026-10' })
  @ApiQuery(KNOWN_AT_QUERY)
  @Answers(PEERS_ANSWER)
  @Refuses('UNIT.UNKNOWN', 'PERIOD.UNKNOWN', 'DEFINITION.NONE')
  @Get('units/:unit/peers')
  async peers(
    @Param('unit', UnitCodePipe) unit: UnitCode, @Query('period', PeriodPipe) period: Period, @Query('knownAt', KnownAtPipe) knownBy: Instant | null,
  ) {
    return peersJson(orRefuse(await this.rankings.peersOf(unit, period, knownBy)));
  }

  /** Refuses PLAN.NONE and UNIT.UNKNOWN (404), DEFINITION.NONE (404), REQUEST.INVALID (400). */
  @ApiOperation({ summary: 'The targets of a unit’s plan, year to date: value, met or not, and how many are still needed' })
  @ApiQuery({ name: 'unit', schema: { type: 'string' }, example: 'H44.114' })
  @ApiQuery({ name: 'year', schema: { type: 'string', pattern: YEAR.source }, example: '2026' })
  @ApiQuery(KNOWN_AT_QUERY)
  @Answers(PLAN_ANSWER)
  @Refuses('PLAN.NONE', 'UNIT.UNKNOWN', 'DEFINITION.NONE')
  @Get('plan-targets')
  async planTargets(
    @Query('unit', UnitCodePipe) unit: UnitCode, @Query('year') year: unknown, @Query('knownAt', KnownAtPipe) knownBy: Instant | null,
  ) {
    if (typeof year !== 'string' || !YEAR.test(year)) throw invalid('year is a year: 2026', 'year');
    return planJson(orRefuse(await this.plans.ofUnit(unit, Number(year), knownBy)));
  }
}

function groupOf(text: unknown): string | null {
  if (text === undefined) return null;
  if (typeof text !== 'string' || !GROUP.test(text)) throw invalid('group is the id of a group: TDGQ', 'group');
  return text;
}

function invalid(detail: string, path: string): RefusalException {
  return new RefusalException({ code: 'REQUEST.INVALID', detail, path });
}
