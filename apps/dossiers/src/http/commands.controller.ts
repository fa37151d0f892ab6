import { Body, Controller, HttpCode, Param, Post, applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { formatInstant, type DossierId, type Instant, type RefusalCode } from '@index766/kernel';
import { Roles } from '@index766/platform-auth';
import { Answers, DossierIdPipe, GivenUnder, RECORDED_AT_HEADER, Refuses, orRefuse, type Circumstances } from '@index766/platform-http';
import { UnitScope } from '@index766/platform-reference';
import type { CommandAnswer } from '../application/ports';
import type { CommandName } from '../domain/dossier-command';
import { stated } from '../domain/stated';
import { DOSSIERS_ERROR_CODES } from '../error-codes';
import { OfficerPseudonyms } from '../intake/officer-pseudonyms';
import { stepIdOf } from '../intake/read-step';
import { sourceUnitOf } from '../intake/source-name';
import { COMMAND_ANSWER } from './answers';
import {
  AssignStepDto, CommandDto, CompleteSupplementDto, CorrectDto, ExtendDueDateDto, ReasonedCommandDto, ReceiveDto, RegisterDto,
  ReturnResultDto, StepDto, SupplementDto, TransferDto, VoidDto,
} from './command.dto';
import { CommandGate } from './command-gate';
import { parseCorrectedValue } from './corrected-value';
import { parseDueText } from './due-text';

const SUMMARIES: Readonly<Record<CommandName, string>> = {
  register: 'Registers a dossier that was submitted and not accepted yet',
  receive: 'Receives a dossier: the clock starts',
  refuse: 'Refuses a dossier at the desk: it never was received',
  'assign-step': 'Gives a step of the work to an officer',
  'complete-step': 'Ends a step',
  'request-supplement': 'Asks the citizen for more papers: the clock stops',
  'complete-supplement': 'Takes in the papers that were asked for: the clock goes on',
  'extend-due-date': 'Sets a later due date, with a reason and an apology note',
  transfer: 'Gives the dossier to another unit',
  withdraw: 'The citizen withdrew the dossier',
  stop: 'Stops the work on the dossier',
  finish: 'The work is done',
  'return-result': 'The result was handed out',
  reopen: 'Work goes on after the end: shown, not counted',
  'request-financial-obligation': 'Asks for a fee; the clock stops where the procedure says so',
  'fulfil-financial-obligation': 'The fee was paid',
  correct: 'Corrects a value that was recorded wrongly',
  void: 'The dossier was deleted or created anew at its source',
};

/** What the state of a dossier may speak against, and what the circumstances may lack. */
const REFUSALS: readonly RefusalCode[] = [
  ...(Object.keys(DOSSIERS_ERROR_CODES) as RefusalCode[]).filter((code) => code.startsWith('DOSSIER.') && code !== 'DOSSIER.NOT_FOUND'),
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
 * One command for every fact of a dossier's life (lifecycle.md §1, §3), judged against the state at its own instant.
 * Refuses DOSSIER.* (409), AUTH.UNIT_OUT_OF_SCOPE (403), IDEMPOTENCY.KEY_REUSED (422), REQUEST.INVALID (400).
 */
@ApiTags('commands')
@ApiBearerAuth()
@Roles('desk', 'replay')
@Controller('v1/dossiers/:id')
export class CommandsController {
  constructor(
    private readonly gate: CommandGate,
    private readonly pseudonyms: OfficerPseudonyms,
    private readonly scope: UnitScope,
  ) {}

  @Command('register')
  register(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: RegisterDto): Promise<CommandAnswer> {
    const { unit, procedure, channel } = body;
    return this.gate.take(id, given, body, { command: 'register', unit, procedure, channel });
  }

  @Command('receive')
  receive(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: ReceiveDto): Promise<CommandAnswer> {
    const { unit, procedure, channel, dueAt } = body;
    return this.gate.take(id, given, body, { command: 'receive', unit, procedure, channel, ...stated('statedDueAt', dueFrom(dueAt)) });
  }

  @Command('refuse')
  refuse(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: ReasonedCommandDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'refuse', ...stated('reasonCode', body.reasonCode) });
  }

  @Command('assign-step')
  assignStep(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: AssignStepDto): Promise<CommandAnswer> {
    const { department } = body;
    const officer = body.officer && this.pseudonyms.seen(id, sourceUnitOf(given.principal), {
      name: body.officer.name, ...stated('title', body.officer.title), ...stated('department', department),
    });
    const startedAt = body.occurredAt ?? formatInstant(given.recordedAt ?? this.scope.now());
    return this.gate.take(id, given, body, {
      command: 'assign-step', step: body.step ?? stepIdOf(id, officer?.pseudonym, startedAt),
      ...stated('officer', officer?.pseudonym), ...stated('department', department), ...stated('deadline', dueFrom(body.deadline)),
    }, officer);
  }

  @Command('complete-step')
  completeStep(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: StepDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'complete-step', step: body.step });
  }

  @Command('request-supplement')
  requestSupplement(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: SupplementDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'request-supplement', supplement: body.supplement });
  }

  @Command('complete-supplement')
  completeSupplement(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: CompleteSupplementDto): Promise<CommandAnswer> {
    const { supplement, newDueAt } = body;
    return this.gate.take(id, given, body, { command: 'complete-supplement', supplement, ...stated('newDueAt', dueFrom(newDueAt)) });
  }

  @Command('extend-due-date')
  extendDueDate(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: ExtendDueDateDto): Promise<CommandAnswer> {
    const { reasonCode, apologyIssued } = body;
    const newDueAt = parseDueText(body.newDueAt) as Instant;
    return this.gate.take(id, given, body, { command: 'extend-due-date', newDueAt, apologyIssued, ...stated('reasonCode', reasonCode) });
  }

  @Command('transfer')
  transfer(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: TransferDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'transfer', unit: body.unit });
  }

  @Command('withdraw')
  withdraw(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: CommandDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'withdraw' });
  }

  @Command('stop')
  stop(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: ReasonedCommandDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'stop', ...stated('reasonCode', body.reasonCode) });
  }

  @Command('finish')
  finish(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: CommandDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'finish' });
  }

  @Command('return-result')
  returnResult(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: ReturnResultDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'return-result', channel: body.channel });
  }

  @Command('reopen')
  reopen(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: ReasonedCommandDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'reopen', ...stated('reasonCode', body.reasonCode) });
  }

  @Command('request-financial-obligation')
  requestObligation(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: CommandDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'request-financial-obligation' });
  }

  @Command('fulfil-financial-obligation')
  fulfilObligation(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: CommandDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'fulfil-financial-obligation' });
  }

  @Command('correct')
  correct(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: CorrectDto): Promise<CommandAnswer> {
    const { field, part, reasonCode } = body;
    const after = orRefuse(parseCorrectedValue(field, body.after));
    return this.gate.take(id, given, body, { command: 'correct', field, after, reasonCode, ...stated('part', part) });
  }

  @Command('void')
  void(@Param('id', DossierIdPipe) id: DossierId, @GivenUnder() given: Circumstances, @Body() body: VoidDto): Promise<CommandAnswer> {
    return this.gate.take(id, given, body, { command: 'void', reason: body.reason });
  }
}

/** The DTO's check let only readable texts through. */
function dueFrom(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : parseDueText(text);
}
