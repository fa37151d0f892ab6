import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { UnitCode } from '@index766/kernel';
import { CurrentPrincipal, Roles, type Principal } from '@index766/platform-auth';
import { Answers, RefusalException, Refuses, UnitCodePipe, orRefuse } from '@index766/platform-http';
import { UnitScope } from '@index766/platform-reference';
import { KeepSurveys } from '../application/keep-surveys';
import type { LevelCounts } from '../domain/survey';
import { ShowSurvey } from '../queries/show-survey';
import { SURVEY_ANSWER, UNIT_SURVEY_ANSWER } from './answers';
import { unitSurveyJson } from './feedback-json';
import { SurveyDto, UnitSurveyDto, YearPipe, type AnswerCountsDto } from './survey.dto';

/** The yearly survey of satisfaction (SIPAS): questions, counted answers, the index of a unit. Refuses SURVEY.* (404, 409, 422). */
@ApiTags('surveys')
@ApiBearerAuth()
@Controller('v1/surveys/:year')
export class SurveysController {
  constructor(
    private readonly keepSurveys: KeepSurveys,
    private readonly showSurvey: ShowSurvey,
    private readonly scope: UnitScope,
  ) {}

  @ApiOperation({ summary: 'Sets the questions of a year; one that was asked stays' })
  @Answers(SURVEY_ANSWER)
  @Refuses('SURVEY.QUESTION_IN_USE', 'SURVEY.QUESTION_TWICE', 'AGGREGATE.CONTENDED')
  @Roles('administrator')
  @Put()
  async ask(@Param('year', YearPipe) year: number, @Body() { questions }: SurveyDto) {
    return orRefuse(await this.keepSurveys.ask(year, questions.map(({ code, vi, en }) => ({ code, vi, en }))));
  }

  @ApiOperation({ summary: 'The questions of a year' })
  @Answers(SURVEY_ANSWER)
  @Refuses('SURVEY.UNKNOWN')
  @Roles('administrator', 'desk', 'operator', 'reviewer')
  @Get()
  async questions(@Param('year', YearPipe) year: number) {
    return orRefuse(await this.showSurvey.questions(year));
  }

  @ApiOperation({ summary: 'Counts the answers of a unit: all of them, in place of what was counted before' })
  @Answers(UNIT_SURVEY_ANSWER)
  @Refuses('AUTH.UNIT_OUT_OF_SCOPE', 'SURVEY.UNKNOWN', 'SURVEY.NOT_COUNTED', 'SURVEY.QUESTION_UNKNOWN', 'SURVEY.QUESTION_TWICE', 'AGGREGATE.CONTENDED')
  @Roles('administrator')
  @Put('units/:unit')
  async count(
    @Param('year', YearPipe) year: number, @Param('unit', UnitCodePipe) unit: UnitCode, @Body() { source, answers }: UnitSurveyDto,
    @CurrentPrincipal() principal: Principal,
  ) {
    const covers = this.scope.of(principal);
    orRefuse(await this.keepSurveys.count(year, unit, { answers: byQuestion(answers), source }, covers));
    return this.show(year, unit, principal);
  }

  @ApiOperation({ summary: 'The counted answers of a unit and its index, beside that of the year before' })
  @Answers(UNIT_SURVEY_ANSWER)
  @Refuses('AUTH.UNIT_OUT_OF_SCOPE', 'SURVEY.UNKNOWN', 'SURVEY.NOT_COUNTED')
  @Roles('administrator', 'desk', 'operator', 'reviewer')
  @Get('units/:unit')
  async show(@Param('year', YearPipe) year: number, @Param('unit', UnitCodePipe) unit: UnitCode, @CurrentPrincipal() principal: Principal) {
    return unitSurveyJson(orRefuse(await this.showSurvey.execute(year, unit, this.scope.of(principal))));
  }
}

function byQuestion(answers: readonly AnswerCountsDto[]): Readonly<Record<string, LevelCounts>> {
  const counts = new Map(answers.map(({ question, counts: each }) => [question, each]));
  if (counts.size < answers.length) throw new RefusalException({ code: 'SURVEY.QUESTION_TWICE', detail: 'a question is counted once', path: 'answers' });
  return Object.fromEntries(counts);
}
