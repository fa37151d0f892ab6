import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Instant, UnitCode } from '@index766/kernel';
import { CurrentPrincipal, Public, Roles, type Principal } from '@index766/platform-auth';
import { Answers, Refuses, UnitCodePipe, orRefuse } from '@index766/platform-http';

import { RecordCalendar } from '../application/record-calendar';
import { RecordOverrides } from '../application/record-overrides';
import { CalendarQueries } from '../queries/calendar-queries';
import { CALENDAR_ANSWERS } from './answer-schemas';
import { calendarJson, orRefuseAll, pageJson, recordedJson } from './answers';
import { CalendarDto, OverridesDto, toCalendarContent } from './calendar.dto';
import { CalendarQuery, PageOfListQuery, instantFrom } from './list-query.dto';
import { RECORD_REFUSALS } from './refusals';
import { RECORDED_AT_HEADER, RecordedAt } from './recorded-at.decorator';

const REFUSED = ['CALENDAR.REFUSED', 'the calendar cannot be computed with; see errors'] as const;

/** Calendars as versioned data: the latest version holds for all days. Reading is public. */
@ApiTags('calendars')
@Controller('v1/calendars')
export class CalendarsController {
  constructor(
    private readonly recordCalendar: RecordCalendar,
    private readonly recordOverrides: RecordOverrides,
    private readonly queries: CalendarQueries,
  ) {}

  /** Needs a token for all units. Refuses CALENDAR.REFUSED (422) with every fault. */
  @ApiOperation({ summary: 'Record a version of a whole calendar' })
  @ApiBearerAuth()
  @ApiHeader({ name: RECORDED_AT_HEADER, required: false, description: 'Role replay only.' })
  @Answers(CALENDAR_ANSWERS.recorded)
  @Refuses(...RECORD_REFUSALS, 'CALENDAR.REFUSED')
  @Roles('administrator')
  @Put(':id')
  async record(
    @Param('id') id: string, @Body() body: CalendarDto, @CurrentPrincipal() principal: Principal,
    @RecordedAt() recordedAt: Instant | undefined,
  ) {
    const recorded = orRefuseAll(await this.recordCalendar.execute({ id, content: toCalendarContent(body), principal, recordedAt }), ...REFUSED);
    return { id, ...recordedJson(recorded) };
  }

  /** Needs a token for the unit. Refuses CALENDAR.REFUSED (422) with every fault. */
  @ApiOperation({ summary: 'Record what one unit has otherwise, as a new version of the calendar' })
  @ApiBearerAuth()
  @ApiHeader({ name: RECORDED_AT_HEADER, required: false, description: 'Role replay only.' })
  @Answers(CALENDAR_ANSWERS.recordedForUnit)
  @Refuses(...RECORD_REFUSALS, 'CALENDAR.REFUSED', 'CALENDAR.NOT_FOUND')
  @Roles('administrator')
  @Put(':id/overrides/:unit')
  async recordUnit(
    @Param('id') id: string, @Param('unit', UnitCodePipe) unit: UnitCode, @Body() { overrides }: OverridesDto,
    @CurrentPrincipal() principal: Principal, @RecordedAt() recordedAt: Instant | undefined,
  ) {
    const recorded = orRefuseAll(await this.recordOverrides.execute({ id, unit, overrides, principal, recordedAt }), ...REFUSED);
    return { id, unit, ...recordedJson(recorded) };
  }

  @ApiOperation({ summary: 'The latest version of a calendar, or one by its number, or the latest known at an instant' })
  @Answers(CALENDAR_ANSWERS.one)
  @Refuses('CALENDAR.NOT_FOUND')
  @Public()
  @Get(':id')
  async one(@Param('id') id: string, @Query() { version, knownBy }: CalendarQuery) {
    return calendarJson(orRefuse(await this.queries.one(id, { version, knownBy: instantFrom(knownBy) })));
  }

  @ApiOperation({ summary: 'Ids of the calendars' })
  @Answers(CALENDAR_ANSWERS.page)
  @Public()
  @Get()
  async list(@Query() { after, limit }: PageOfListQuery) {
    return pageJson(await this.queries.ids({ after, limit }), (id) => ({ id }));
  }
}
