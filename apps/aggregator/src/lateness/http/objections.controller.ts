import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { OfficerPseudonym, Period, RefusalCode, UnitCode } from '@index766/kernel';
import { Public, Roles } from '@index766/platform-auth';
import {
  Answers, GivenUnder, OfficerPseudonymPipe, PeriodPipe, Refuses, UnitCodePipe, orRefuse, requestHash, type Circumstances,
} from '@index766/platform-http';

import { DecideObjection } from '../decide-objection';
import { LateOfficerQueries } from '../late-officer-queries';
import { ObjectToLateness } from '../object-to-lateness';
import { objectionJson, recordedJson } from './lateness-json';
import { OBJECTIONS_ANSWER, RECORDED_ANSWER } from './lateness-schemas';
import { ObjectionDecisionDto, ObjectionDto, toStatedDecision, toStatedObjection } from './objection.dto';
import { invalid, wholeNumber } from './query-numbers';

const LARGEST_NUMBER = 1_000_000;
const NUMBER = 'number';
const COMMON_REFUSALS: readonly RefusalCode[] = [
  'OBJECTION.NO_SUBJECT', 'PERIOD.UNKNOWN', 'REQUEST.MISSING_IDEMPOTENCY_KEY', 'IDEMPOTENCY.KEY_REUSED', 'AUTH.UNIT_OUT_OF_SCOPE',
  'AGGREGATE.CONTENDED', 'OUTBOX.FULL',
];

/** Objections to what the late-officer list of a unit and period says, and the decisions on them. Reading is public: pseudonyms and codes. */
@ApiTags('lateness')
@Controller('v1/units/:unit/late-officers/:period/objections')
export class ObjectionsController {
  constructor(
    private readonly objectToLateness: ObjectToLateness,
    private readonly decideObjection: DecideObjection,
    private readonly lists: LateOfficerQueries,
  ) {}

  /** Refuses OBJECTION.* (404, 409, 422), UNIT.UNKNOWN (404), AUTH.UNIT_OUT_OF_SCOPE (403). */
  @ApiOperation({ summary: 'Object to the lateness that the list lays to an officer, with reason and evidence' })
  @ApiBearerAuth()
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @Answers(RECORDED_ANSWER)
  @Refuses('OBJECTION.NOT_LISTED', 'OBJECTION.DOSSIER_NOT_LISTED', 'OBJECTION.WAITING', 'UNIT.UNKNOWN', ...COMMON_REFUSALS)
  @Roles('desk', 'administrator')
  @HttpCode(200)
  @Post()
  async object(
    @Param('unit', UnitCodePipe) unit: UnitCode,
    @Param('period', PeriodPipe) period: Period,
    @GivenUnder() { principal, idempotencyKey }: Circumstances,
    @Body() body: ObjectionDto,
  ) {
    return recordedJson(orRefuse(await this.objectToLateness.execute({
      stated: toStatedObjection(unit, period, body), principal, idempotencyKey,
      requestHash: requestHash(principal.subject, { unit, period: period.name, body }),
    })));
  }

  /** Refuses OBJECTION.* (404, 409), AUTH.UNIT_OUT_OF_SCOPE (403). */
  @ApiOperation({ summary: 'Decide an objection: upheld, or lifted, which clears the officer and never the figures of the unit' })
  @ApiBearerAuth()
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiParam({ name: NUMBER, schema: { type: 'integer', minimum: 1, maximum: LARGEST_NUMBER } })
  @Answers(RECORDED_ANSWER)
  @Refuses('OBJECTION.NOT_FOUND', 'OBJECTION.DECIDED', ...COMMON_REFUSALS)
  @Roles('reviewer')
  @HttpCode(200)
  @Post(':officer/:number/decision')
  async decide(
    @Param('unit', UnitCodePipe) unit: UnitCode,
    @Param('period', PeriodPipe) period: Period,
    @Param('officer', OfficerPseudonymPipe) officer: OfficerPseudonym,
    @Param(NUMBER) text: string,
    @GivenUnder() { principal, idempotencyKey }: Circumstances,
    @Body() body: ObjectionDecisionDto,
  ) {
    const number = wholeNumber(text, LARGEST_NUMBER, NUMBER);
    if (number === undefined) throw invalid('an objection has a number', NUMBER);
    return recordedJson(orRefuse(await this.decideObjection.execute({
      stated: toStatedDecision({ unit, period, officer, number }, body), principal, idempotencyKey,
      requestHash: requestHash(principal.subject, { unit, period: period.name, officer, number, body }),
    })));
  }

  @ApiOperation({ summary: 'Every objection about dossiers that are late in the list, with its decision' })
  @Answers(OBJECTIONS_ANSWER)
  @Refuses('UNIT.UNKNOWN', 'PERIOD.UNKNOWN')
  @Public()
  @Get()
  async objections(@Param('unit', UnitCodePipe) unit: UnitCode, @Param('period', PeriodPipe) period: Period) {
    const { objections } = orRefuse(await this.lists.ofUnit(unit, period));
    return { unit, period: period.name, objections: objections.map(objectionJson) };
  }
}
