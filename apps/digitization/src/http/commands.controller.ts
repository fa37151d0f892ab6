import { Body, Controller, HttpCode, Param, Post, applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ComponentKey, ResultKey } from '@index766/document-life';
import type { DossierId, RefusalCode } from '@index766/kernel';
import { Roles } from '@index766/platform-auth';
import {
  Answers, DossierIdPipe, GivenUnder, RECORDED_AT_HEADER, RefusalException, Refuses, type Circumstances,
} from '@index766/platform-http';
import type { CommandAnswer } from '../application/ports';
import type { CommandName } from '../domain/document-command';
import { DIGITIZATION_ERROR_CODES } from '../error-codes';
import { COMMAND_ANSWER } from './answers';
import { ComponentDto, PopulationUseDto, ResultDto } from './command.dto';
import { CommandGate } from './command-gate';

const SUMMARIES: Readonly<Record<CommandName, string>> = {
  'digitise-component': 'A component is there as digitised data; pushes do not take it back from then on',
  'reuse-component': 'A component was taken from digitised data instead of asking for it again',
  'take-component-from-personal-store': 'A component came from the applicant\'s store on the national portal',
  'use-population-data': 'The dossier was handled with a verified account, or with data of a population database',
  'issue-result': 'The dossier has an electronic result',
  'sign-result': 'An electronic result carries its digital signature',
  'archive-result': 'An electronic result is in the electronic archive',
  'link-result': 'An electronic result can be found in the applicant\'s store on the national portal',
};

/** What the state of a dossier may speak against, and what the circumstances may lack. */
const REFUSALS: readonly RefusalCode[] = [
  ...(Object.keys(DIGITIZATION_ERROR_CODES) as RefusalCode[]),
  'REQUEST.MISSING_IDEMPOTENCY_KEY', 'IDEMPOTENCY.KEY_REUSED', 'RECORDED_AT.NOT_ALLOWED', 'RECORDED_AT.IN_FUTURE', 'AUTH.UNIT_OUT_OF_SCOPE',
  'AGGREGATE.CONTENDED', 'OUTBOX.FULL',
];

function Command(name: CommandName): MethodDecorator {
  return applyDecorators(
    Post(name),
    HttpCode(200),
    Answers(COMMAND_ANSWER),
    Refuses(...REFUSALS),
    ApiOperation({ summary: SUMMARIES[name] }),
    ApiHeader({ name: 'Idempotency-Key', required: true }),
    ApiHeader({ name: RECORDED_AT_HEADER, required: false, description: 'Role replay: when it was recorded.' }),
  );
}

/**
 * A command for every fact about a dossier's papers. Refuses DOCUMENT.* (404, 409, 422), AUTH.UNIT_OUT_OF_SCOPE (403),
 * IDEMPOTENCY.KEY_REUSED (422), REQUEST.INVALID (400).
 */
@ApiTags('commands')
@ApiBearerAuth()
@Roles('desk', 'replay')
@Controller('v1/dossiers/:id')
export class CommandsController {
  constructor(private readonly gate: CommandGate) {}

  @Command('digitise-component')
  digitiseComponent(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: ComponentDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'digitise-component', body: componentOf(body) });
  }

  @Command('reuse-component')
  reuseComponent(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: ComponentDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'reuse-component', body: componentOf(body) });
  }

  @Command('take-component-from-personal-store')
  takeFromPersonalStore(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: ComponentDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'take-component-from-personal-store', body: componentOf(body) });
  }

  @Command('use-population-data')
  usePopulationData(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: PopulationUseDto): Promise<CommandAnswer> {
    const { by, database } = body;
    if (by === 'verified-account' && database !== undefined) {
      throw new RefusalException({ code: 'REQUEST.INVALID', detail: 'a verified account is no database', path: 'database' });
    }
    return this.gate.take(id, given, body, { command: 'use-population-data', body: { by, ...(database === undefined ? {} : { database }) } });
  }

  @Command('issue-result')
  issueResult(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: ResultDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'issue-result', body: resultOf(body) });
  }

  @Command('sign-result')
  signResult(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: ResultDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'sign-result', body: resultOf(body) });
  }

  @Command('archive-result')
  archiveResult(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: ResultDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'archive-result', body: resultOf(body) });
  }

  @Command('link-result')
  linkResult(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: ResultDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'link-result', body: resultOf(body) });
  }
}

function componentOf({ component, attachment }: ComponentDto): ComponentKey {
  return { component, ...(attachment === undefined ? {} : { attachment }) };
}

function resultOf({ result }: ResultDto): ResultKey {
  return { result };
}
