import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { DossierId, Instant, Period, UnitCode } from '@index766/kernel';
import { Public, Roles } from '@index766/platform-auth';
import {
  Answers, AnswersWithCsv, DossierIdPipe, GivenUnder, PeriodPipe, RefusalException, Refuses, UnitCodePipe, orRefuse, requestHash, sendCsv,
  type Circumstances,
} from '@index766/platform-http';
import type { Response } from 'express';

import { FORMAT_QUERY, FormatPipe, KNOWN_AT_QUERY, KnownAtPipe, type Format } from '../../scores';
import { IntegrityQueries } from '../integrity-queries';
import { ReviewChange } from '../review-change';
import { ReviewFlag } from '../review-flag';
import { INTEGRITY_COLUMNS, integrityJson, integrityRows, type IntegrityRow } from './integrity-json';
import { INTEGRITY_ANSWER, REVIEWED_ANSWER } from './integrity-schemas';
import { FlagReviewDto, ReviewDto } from './review.dto';

const CHANGE = 'change';
const LARGEST_CHANGE = 1_000_000;
const CSV_COLUMNS = INTEGRITY_COLUMNS.map((title) => ({ title, value: (row: IntegrityRow) => row[title] }));

/** What integrity rules flag, and the review of it. Flags are public: codes of dossiers, no officer. */
@ApiTags('integrity')
@Controller('v1')
export class IntegrityController {
  constructor(
    private readonly queries: IntegrityQueries,
    private readonly reviewChange: ReviewChange,
    private readonly reviewFlag: ReviewFlag,
  ) {}

  /** Refuses UNIT.UNKNOWN (404), PERIOD.UNKNOWN and REQUEST.INVALID (400). */
  @ApiOperation({ summary: 'Integrity flags of a unit and all below it, of what was recorded in a period: list and counts' })
  @ApiQuery(FORMAT_QUERY)
  @ApiQuery(KNOWN_AT_QUERY)
  @AnswersWithCsv(INTEGRITY_ANSWER)
  @Refuses('UNIT.UNKNOWN', 'PERIOD.UNKNOWN')
  @Public()
  @Get('units/:unit/integrity/:period')
  async ofUnit(
    @Param('unit', UnitCodePipe) unit: UnitCode,
    @Param('period', PeriodPipe) period: Period,
    @Query('knownAt', KnownAtPipe) knownBy: Instant | null,
    @Query('format', FormatPipe) format: Format,
    @Res() response: Response,
  ): Promise<void> {
    const found = orRefuse(await this.queries.ofUnit(unit, period, knownBy));
    if (format === 'csv') sendCsv(response, `integrity-${unit}-${period.name}.csv`, CSV_COLUMNS, integrityRows(found));
    else response.json(integrityJson(found));
  }

  /** Refuses INTEGRITY.* (404, 403), AUTH.UNIT_OUT_OF_SCOPE (403). */
  @ApiOperation({ summary: 'Review a flagged change: accepted, it counts from then on, in open periods and through amended editions' })
  @ApiBearerAuth()
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiParam({ name: CHANGE, schema: { type: 'integer', minimum: 1, maximum: LARGEST_CHANGE } })
  @Answers(REVIEWED_ANSWER)
  @Refuses(
    'INTEGRITY.NO_SUCH_CHANGE', 'INTEGRITY.NO_REVIEWER', 'REQUEST.MISSING_IDEMPOTENCY_KEY', 'IDEMPOTENCY.KEY_REUSED', 'AUTH.UNIT_OUT_OF_SCOPE',
    'AGGREGATE.CONTENDED', 'OUTBOX.FULL',
  )
  @Roles('reviewer')
  @HttpCode(200)
  @Post('dossiers/:dossier/changes/:change/review')
  async review(
    @Param('dossier', DossierIdPipe) dossier: DossierId,
    @Param(CHANGE) text: string,
    @GivenUnder() { principal, idempotencyKey }: Circumstances,
    @Body() body: ReviewDto,
  ) {
    const { outcome, reason, evidence } = body;
    const { key, sequence, recordedAt, recorded } = orRefuse(await this.reviewChange.execute({
      stated: { dossier, change: changeIn(text), outcome, reason, evidence }, principal, idempotencyKey,
      requestHash: requestHash(principal.subject, { dossier, change: text, body }),
    }));
    return { key, number: sequence, recordedAt, recorded };
  }

  /** Refuses INTEGRITY.* (404, 403), UNIT.UNKNOWN (404), AUTH.UNIT_OUT_OF_SCOPE (403). */
  @ApiOperation({ summary: 'Review many corrections of a unit at the end of a week, or a dossier that was made again: somebody looked at it' })
  @ApiBearerAuth()
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @Answers(REVIEWED_ANSWER)
  @Refuses(
    'INTEGRITY.NO_SUCH_FLAG', 'INTEGRITY.NO_REVIEWER', 'UNIT.UNKNOWN', 'PERIOD.UNKNOWN', 'REQUEST.MISSING_IDEMPOTENCY_KEY', 'IDEMPOTENCY.KEY_REUSED',
    'AUTH.UNIT_OUT_OF_SCOPE', 'AGGREGATE.CONTENDED', 'OUTBOX.FULL',
  )
  @Roles('reviewer')
  @HttpCode(200)
  @Post('units/:unit/integrity/:period/reviews')
  async reviewOfFlag(
    @Param('unit', UnitCodePipe) unit: UnitCode,
    @Param('period', PeriodPipe) period: Period,
    @GivenUnder() { principal, idempotencyKey }: Circumstances,
    @Body() body: FlagReviewDto,
  ) {
    const { flag, dossier, outcome, reason, evidence } = body;
    const { key, sequence, recordedAt, recorded } = orRefuse(await this.reviewFlag.execute({
      stated: { unit, week: period, flag, outcome, reason, evidence, ...(dossier === undefined ? {} : { dossier }) }, principal, idempotencyKey,
      requestHash: requestHash(principal.subject, { unit, period: period.name, body }),
    }));
    return { key, number: sequence, recordedAt, recorded };
  }
}

function changeIn(text: string): number {
  const change = /^[1-9]\d{0,6}$/.test(text) ? Number(text) : 0;
  if (change < 1 || change > LARGEST_CHANGE) {
    throw new RefusalException({ code: 'REQUEST.INVALID', detail: `a change is named by its sequence, 1 to ${LARGEST_CHANGE}`, path: CHANGE });
  }
  return change;
}
