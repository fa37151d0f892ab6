import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Instant, Period, UnitCode } from '@index766/kernel';
import { Public } from '@index766/platform-auth';
import { AnswersWithCsv, PeriodPipe, Refuses, UnitCodePipe, orRefuse, sendCsv } from '@index766/platform-http';
import type { Response } from 'express';

import { ScoreQueries } from '../score-queries';
import { FORMAT_QUERY, FormatPipe, type Format } from './format.pipe';
import { KNOWN_AT_QUERY, KnownAtPipe } from './known-at.pipe';
import { processingTimesJson, scoreJson } from './score-json';
import { SCORE_COLUMNS, scoreRows, type ScoreRow } from './score-rows';
import { SCORES_ANSWER, SCORE_ANSWER } from './score-schemas';

const CSV_COLUMNS = SCORE_COLUMNS.map((title) => ({ title, value: (row: ScoreRow) => row[title] }));

/** The index of units. Reading the board is public; no officer and no applicant is in it. */
@ApiTags('scores')
@Public()
@Controller('v1')
export class ScoresController {
  constructor(private readonly queries: ScoreQueries) {}

  /** Refuses UNIT.UNKNOWN (404), PERIOD.UNKNOWN (400), DEFINITION.NONE (404). */
  @ApiOperation({ summary: 'The index of one unit and period, each figure with numerator, denominator and state' })
  @ApiQuery(FORMAT_QUERY)
  @ApiQuery(KNOWN_AT_QUERY)
  @AnswersWithCsv(SCORE_ANSWER)
  @Refuses('UNIT.UNKNOWN', 'PERIOD.UNKNOWN', 'DEFINITION.NONE')
  @Get('units/:unit/scores/:period')
  async ofUnit(
    @Param('unit', UnitCodePipe) unit: UnitCode,
    @Param('period', PeriodPipe) period: Period,
    @Query('format', FormatPipe) format: Format,
    @Query('knownAt', KnownAtPipe) knownBy: Instant | null,
    @Res() response: Response,
  ): Promise<void> {
    const figures = orRefuse(await this.queries.ofUnit(unit, period, knownBy));
    if (format === 'csv') sendCsv(response, `index-${unit}-${period.name}.csv`, CSV_COLUMNS, scoreRows(figures));
    else response.json({ ...scoreJson(figures), processingTimeByProcedure: processingTimesJson(figures) });
  }

  /** Refuses as `ofUnit`. */
  @ApiOperation({ summary: 'The index of a unit and of the units directly below it' })
  @ApiQuery({ name: 'parent', schema: { type: 'string' }, example: 'H44' })
  @ApiQuery({ name: 'period', schema: { type: 'string' }, example: '2026-10' })
  @ApiQuery(FORMAT_QUERY)
  @ApiQuery(KNOWN_AT_QUERY)
  @AnswersWithCsv(SCORES_ANSWER)
  @Refuses('UNIT.UNKNOWN', 'PERIOD.UNKNOWN', 'DEFINITION.NONE')
  @Get('scores')
  async ofChildren(
    @Query('parent', UnitCodePipe) parent: UnitCode,
    @Query('period', PeriodPipe) period: Period,
    @Query('format', FormatPipe) format: Format,
    @Query('knownAt', KnownAtPipe) knownBy: Instant | null,
    @Res() response: Response,
  ): Promise<void> {
    const figures = orRefuse(await this.queries.ofChildren(parent, period, knownBy));
    if (format === 'csv') sendCsv(response, `index-${parent}-${period.name}.csv`, CSV_COLUMNS, figures.flatMap(scoreRows));
    else response.json({ parent, period: period.name, scores: figures.map(scoreJson) });
  }
}
