import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Period, RefusalCode, UnitCode } from '@index766/kernel';
import { CurrentPrincipal, Roles, type Principal } from '@index766/platform-auth';
import { Answers, GivenUnder, PeriodPipe, RECORDED_AT_HEADER, Refuses, UnitCodePipe, orRefuse, requestHash, type Circumstances } from '@index766/platform-http';

import { EditionCommands, type EditionCommand } from '../edition-commands';
import { claimJson, decidedJson } from './edition-json';
import { CLAIM_ANSWER, DECIDED_ANSWER } from './edition-schemas';
import { RetractionDto, WaiverDto } from './edition.dto';

const GIVEN: readonly RefusalCode[] = [
  'EDITION.NO_PROVINCE', 'EDITION.NO_PERIOD', 'EDITION.NO_AUTHOR', 'PERIOD.UNKNOWN', 'AUTH.UNIT_OUT_OF_SCOPE',
];
const DECIDED: readonly RefusalCode[] = [
  ...GIVEN, 'REQUEST.MISSING_IDEMPOTENCY_KEY', 'RECORDED_AT.NOT_ALLOWED', 'IDEMPOTENCY.KEY_REUSED', 'RECORDED_AT.IN_FUTURE', 'AGGREGATE.CONTENDED', 'OUTBOX.FULL',
];

/** What publishers and administrators of a province command about its editions. */
@ApiTags('editions')
@ApiBearerAuth()
@Roles('publisher', 'administrator')
@Controller('v1/edition-decisions/:province/:period')
export class EditionCommandsController {
  constructor(private readonly commands: EditionCommands) {}

  /** Takes no key: an edition is claimed once, and said again while it is published it is the same answer. Refuses EDITION.HELD_BACK and EDITION.PUBLISHED_ALREADY (409). */
  @ApiOperation({ summary: 'Publish the next edition of a period that has ended; GET the period for how far it is' })
  @Answers(CLAIM_ANSWER, 202)
  @Refuses(...GIVEN, 'EDITION.HELD_BACK', 'EDITION.PUBLISHED_ALREADY')
  @HttpCode(202)
  @Post('publication')
  async publish(
    @Param('province', UnitCodePipe) province: UnitCode, @Param('period', PeriodPipe) period: Period, @CurrentPrincipal() principal: Principal,
  ) {
    return claimJson(orRefuse(await this.commands.publish({ province, period, principal })));
  }

  /** Refuses EDITION.NOTHING_TO_WAIVE (422). */
  @ApiOperation({ summary: 'Waive what holds back a period: its edition leaves it out and lists it' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiHeader({ name: RECORDED_AT_HEADER, required: false, description: 'Role replay: when it was recorded.' })
  @Answers(DECIDED_ANSWER)
  @Refuses(...DECIDED, 'EDITION.NOTHING_TO_WAIVE')
  @HttpCode(200)
  @Post('waivers')
  async waive(
    @Param('province', UnitCodePipe) province: UnitCode, @Param('period', PeriodPipe) period: Period, @GivenUnder() given: Circumstances,
    @Body() body: WaiverDto,
  ) {
    return decidedJson(orRefuse(await this.commands.waive(commandOf(province, period, given, body), body)));
  }

  /** Refuses EDITION.NONE (404). */
  @ApiOperation({ summary: 'Take an edition back: it stays readable and says why it does not count' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiHeader({ name: RECORDED_AT_HEADER, required: false, description: 'Role replay: when it was recorded.' })
  @Answers(DECIDED_ANSWER)
  @Refuses(...DECIDED, 'EDITION.NONE')
  @HttpCode(200)
  @Post('retraction')
  async retract(
    @Param('province', UnitCodePipe) province: UnitCode, @Param('period', PeriodPipe) period: Period, @GivenUnder() given: Circumstances,
    @Body() body: RetractionDto,
  ) {
    return decidedJson(orRefuse(await this.commands.retract(commandOf(province, period, given, body), body)));
  }
}

function commandOf(province: UnitCode, period: Period, given: Circumstances, body: object): EditionCommand {
  return { province, period, ...given, requestHash: requestHash(given.principal.subject, body) };
}
