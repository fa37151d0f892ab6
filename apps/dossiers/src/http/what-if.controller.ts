import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { formatInstant } from '@index766/kernel';
import { Roles } from '@index766/platform-auth';
import { Answers, RefusalException, Refuses } from '@index766/platform-http';
import { WhatIfCalendar } from '../queries/what-if-calendar';
import { WHAT_IF_ANSWER } from './answers';
import { PageQuery, pageStart } from './page-query';
import { CalendarChangeDto } from './what-if.dto';

/** What would happen, before it does. */
@ApiTags('dossiers')
@ApiBearerAuth()
@Roles('administrator', 'operator')
@Controller('v1')
export class WhatIfController {
  constructor(private readonly whatIfCalendar: WhatIfCalendar) {}

  /** Changes nothing. Refuses REQUEST.INVALID (400) by the path in the body. */
  @ApiOperation({ summary: 'Open dossiers that an announced holiday or make-up day would move, and to when; limit: dossiers that are looked at' })
  @Answers(WHAT_IF_ANSWER)
  @Refuses('REQUEST.INVALID')
  @Post('calendar-what-if')
  @HttpCode(200)
  async whatIf(@Body() { holidays, makeUpDays, withdrawn }: CalendarChangeDto, @Query() { after, limit }: PageQuery) {
    const page = await this.whatIfCalendar.execute({ holidays, makeUpDays, withdrawn }, pageStart(after), limit);
    if (!page.ok) throw invalid(page.error[0]?.detail ?? '', page.error[0]?.path ?? '');
    const { calendar, moves, lookedAt, next } = page.value;
    const moved = moves.map(({ dossier, before, after: to, counts }) => ({
      dossier, before: before === null ? null : formatInstant(before), after: formatInstant(to), counts,
    }));
    return { calendar, moves: moved, lookedAt, next };
  }
}

function invalid(detail: string, path: string): RefusalException {
  return new RefusalException({ code: 'REQUEST.INVALID', detail, path });
}
