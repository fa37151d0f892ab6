import { Body, Controller, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { formatLocalDay, parseLocalDay, type LocalDay } from '@index766/kernel';
import { CurrentPrincipal, Roles, type Principal } from '@index766/platform-auth';
import { Answers, Refuses, orRefuse } from '@index766/platform-http';
import { CompleteSource } from '../application/complete-source';
import { sourceNameOf } from '../intake/source-name';
import { SOURCE_COMPLETE_ANSWER } from './answers';
import { SourceCompleteDto } from './source-complete.dto';

/** What a source says of itself: the one whose token it is. */
@ApiTags('national sync')
@ApiBearerAuth()
@Roles('source', 'replay')
@Controller('v1/source-complete')
export class SourcesController {
  constructor(private readonly completeSource: CompleteSource) {}

  /** The same again, or an earlier day, says nothing new. Refuses SOURCE.DAY_NOT_OVER (409), REQUEST.INVALID (400). */
  @ApiOperation({ summary: 'The source has pushed everything up to the end of a day: periods that end by then do not wait for it' })
  @Answers(SOURCE_COMPLETE_ANSWER)
  @Refuses('SOURCE.DAY_NOT_OVER', 'PUSH.NO_SOURCE_NAME', 'AGGREGATE.CONTENDED', 'OUTBOX.FULL')
  @Put()
  async complete(@Body() body: SourceCompleteDto, @CurrentPrincipal() principal: Principal) {
    const name = orRefuse(sourceNameOf(principal));
    // The DTO's check let only days through.
    const { source, completeThrough } = orRefuse(await this.completeSource.execute(name, parseLocalDay(body.day) as LocalDay));
    return { source, completeThrough: completeThrough === null ? null : formatLocalDay(completeThrough) };
  }
}
