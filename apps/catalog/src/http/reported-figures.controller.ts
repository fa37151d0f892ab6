import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { REPORTED_MEASURES, reportedFigureKey, type ReportedMeasure } from '@index766/contracts-catalog';
import type { Instant, Period, UnitCode } from '@index766/kernel';
import { CurrentPrincipal, Public, Roles, type Principal } from '@index766/platform-auth';
import { Answers, PeriodPipe, Refuses, UnitCodePipe, orRefuse } from '@index766/platform-http';

import { RecordFigure } from '../application/record-figure';
import { FigureQueries } from '../queries/figure-queries';
import { FIGURE_ANSWERS } from './answer-schemas';
import { figureJson, listedFigureJson, pageJson, recordedJson } from './answers';
import { instantFrom } from './list-query.dto';
import { FIGURE_REFUSALS, RECORD_REFUSALS } from './refusals';
import { RECORDED_AT_HEADER, RecordedAt } from './recorded-at.decorator';
import { ReportedFigureDto, ReportedFigureListQuery, ReportedFigureQuery, toStatedFigure } from './reported-figure.dto';
import { ReportedMeasurePipe } from './reported-measure.pipe';

const ApiMeasure = () => ApiParam({ name: 'measure', enum: REPORTED_MEASURES });
const ApiPeriod = () => ApiParam({ name: 'period', schema: { type: 'string', example: '2026-10' } });

/** Figures that no event gives, by unit, measure and period. A correction is a later version. Reading is public. */
@ApiTags('reported figures')
@Controller('v1/reported-figures')
export class ReportedFiguresController {
  constructor(
    private readonly recordFigure: RecordFigure,
    private readonly queries: FigureQueries,
  ) {}

  /** The same value from the same source again records nothing. Refuses FIGURE.* (422), AUTH.UNIT_OUT_OF_SCOPE (403). */
  @ApiOperation({ summary: 'Report a figure, or correct it. The reporter is the subject of the token' })
  @ApiBearerAuth()
  @ApiHeader({ name: RECORDED_AT_HEADER, required: false, description: 'Role replay only.' })
  @ApiMeasure()
  @ApiPeriod()
  @Answers(FIGURE_ANSWERS.recorded)
  @Refuses(...RECORD_REFUSALS, ...FIGURE_REFUSALS, 'PERIOD.UNKNOWN')
  @Roles('administrator')
  @Put(':unit/:measure/:period')
  async record(
    @Param('unit', UnitCodePipe) unit: UnitCode, @Param('measure', ReportedMeasurePipe) measure: ReportedMeasure,
    @Param('period', PeriodPipe) { name: period }: Period, @Body() body: ReportedFigureDto, @CurrentPrincipal() principal: Principal,
    @RecordedAt() recordedAt: Instant | undefined,
  ) {
    const id = { unit, measure, period };
    const recorded = orRefuse(await this.recordFigure.execute({ id, figure: toStatedFigure(body), principal, recordedAt }));
    return { key: reportedFigureKey(id), ...id, ...recordedJson(recorded) };
  }

  @ApiOperation({ summary: 'One figure as it is known, and every version with who recorded it and when' })
  @ApiMeasure()
  @ApiPeriod()
  @Answers(FIGURE_ANSWERS.one)
  @Refuses('FIGURE.NOT_FOUND', 'PERIOD.UNKNOWN')
  @Public()
  @Get(':unit/:measure/:period')
  async one(
    @Param('unit', UnitCodePipe) unit: UnitCode, @Param('measure', ReportedMeasurePipe) measure: ReportedMeasure,
    @Param('period', PeriodPipe) { name: period }: Period, @Query() { knownBy }: ReportedFigureQuery,
  ) {
    return figureJson(orRefuse(await this.queries.one({ unit, measure, period }, instantFrom(knownBy))));
  }

  @ApiOperation({ summary: 'Figures as they are known, in the order of their keys: unit@measure@period' })
  @Answers(FIGURE_ANSWERS.page)
  @Public()
  @Get()
  async list(@Query() { after, limit, unit, measure, period, knownBy }: ReportedFigureListQuery) {
    const page = await this.queries.page({ after, limit, unit, measure, period, knownBy: instantFrom(knownBy) });
    return pageJson(page, listedFigureJson);
  }
}
