import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Instant, Period, UnitCode } from '@index766/kernel';
import { Public } from '@index766/platform-auth';
import { Answers, PeriodPipe, RefusalException, Refuses, UnitCodePipe, orRefuse } from '@index766/platform-http';

import { KNOWN_AT_QUERY, KnownAtPipe, PAGE_QUERY, PageSizePipe } from '../../scores';
import { COST_CHOICES, type CostChoice } from '../cost-lists';
import { ExplanationQueries } from '../explanation-queries';
import { costPageJson, explanationJson } from './explanation-json';
import { COST_PAGE_ANSWER, EXPLANATION_ANSWER } from './explanation-schemas';

/** The longest key of an entry: a code and the reason. */
const LONGEST_KEY = 200;
const INDICATOR = /^[A-Za-z0-9.-]{1,20}$/;

/** Why a score is what it is. Public, as the score: codes of dossiers, petitions and procedures, nothing about applicants. */
@ApiTags('explanations')
@Public()
@Controller('v1/units/:unit/explanation')
export class ExplanationsController {
  constructor(private readonly queries: ExplanationQueries) {}

  /** Refuses UNIT.UNKNOWN (404), PERIOD.UNKNOWN (400), DEFINITION.NONE (404). */
  @ApiOperation({ summary: 'The points that a unit lost with each indicator, and what can still be saved before the period ends' })
  @ApiQuery({ name: 'period', schema: { type: 'string' }, example: '2026-10' })
  @ApiQuery(KNOWN_AT_QUERY)
  @Answers(EXPLANATION_ANSWER)
  @Refuses('UNIT.UNKNOWN', 'PERIOD.UNKNOWN', 'DEFINITION.NONE')
  @Get()
  async ofUnit(
    @Param('unit', UnitCodePipe) unit: UnitCode, @Query('period', PeriodPipe) period: Period, @Query('knownAt', KnownAtPipe) knownBy: Instant | null,
  ) {
    return explanationJson(orRefuse(await this.queries.ofUnit(unit, period, knownBy)));
  }

  /** Pages by `after` and `limit`. Refuses as `ofUnit`, INDICATOR.UNKNOWN (404) and REQUEST.INVALID (400). */
  @ApiOperation({ summary: 'What is behind the points that an indicator lost: as many entries as numerator and denominator differ' })
  @ApiQuery({ name: 'period', schema: { type: 'string' }, example: '2026-10' })
  @ApiQuery({ name: 'choice', required: false, enum: COST_CHOICES })
  @ApiQuery({ name: 'after', required: false, schema: { type: 'string', maxLength: LONGEST_KEY } })
  @ApiQuery(PAGE_QUERY)
  @ApiQuery(KNOWN_AT_QUERY)
  @Answers(COST_PAGE_ANSWER)
  @Refuses('UNIT.UNKNOWN', 'PERIOD.UNKNOWN', 'DEFINITION.NONE', 'INDICATOR.UNKNOWN')
  @Get(':indicator/items')
  async itemsOf(
    @Param('unit', UnitCodePipe) unit: UnitCode,
    @Param('indicator') indicator: string,
    @Query('period', PeriodPipe) period: Period,
    @Query('choice') choice: string | undefined,
    @Query('after') after: string | undefined,
    @Query('limit', PageSizePipe) limit: number,
    @Query('knownAt', KnownAtPipe) knownBy: Instant | null,
  ) {
    const chosen = choiceOf(choice);
    const page = { after: keyOf(after), limit };
    return costPageJson(orRefuse(await this.queries.itemsOf(unit, period, indicatorOf(indicator), chosen, page, knownBy)), chosen);
  }
}

function choiceOf(text: string | undefined): CostChoice {
  const choice = COST_CHOICES.find((each) => each === (text ?? 'costs'));
  if (choice === undefined) throw invalid(`choice is one of ${COST_CHOICES.join(', ')}`, 'choice');
  return choice;
}

function keyOf(text: unknown): string | null {
  if (text === undefined) return null;
  if (typeof text !== 'string' || text.length > LONGEST_KEY) throw invalid('after is the key of an entry', 'after');
  return text;
}

function indicatorOf(text: string): string {
  if (!INDICATOR.test(text)) throw invalid('indicator is an id of the definition: 2.1', 'indicator');
  return text;
}

function invalid(detail: string, path: string): RefusalException {
  return new RefusalException({ code: 'REQUEST.INVALID', detail, path });
}
