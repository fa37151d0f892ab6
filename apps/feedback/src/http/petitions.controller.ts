import { Body, Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { ok, parseDossierId, parsePetitionId, type PetitionId, type UnitCode } from '@index766/kernel';
import type { PetitionAbout } from '@index766/petition-life';
import { CurrentPrincipal, Roles, type Principal } from '@index766/platform-auth';
import { Answers, GivenUnder, PetitionIdPipe, Refuses, UnitCodePipe, orRefuse, type Circumstances } from '@index766/platform-http';
import { UnitScope } from '@index766/platform-reference';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import type { CommandAnswer } from '../application/ports';
import { issueAnswerToken } from '../domain/answer-token';
import type { PetitionCommandName } from '../domain/petition-table';
import { ShowPetitions } from '../queries/show-petitions';
import { ISSUED_ANSWER, PETITION_ANSWER, PETITION_LIST_ANSWER } from './answers';
import { IsPetitionCode, MayBeAbsent } from './checks';
import { CommandGate } from './command-gate';
import { Command, codesOf } from './command.decorator';
import {
  ChangeAboutDto, ClassifyPetitionDto, CommandDto, RateAnswerDto, ReceivePetitionDto, RefusePetitionDto, TransferPetitionDto,
  WrittenCommandDto, type AboutDto,
} from './command.dto';
import { petitionJson, petitionLineJson } from './feedback-json';
import { RatingTokens, tokenHash } from './rating-tokens';

const DEFAULT_LIMIT = 200;

const SUMMARIES: Readonly<Record<PetitionCommandName, string>> = {
  receive: 'Receives a petition: the clock starts',
  classify: 'Says of what class it is, from the receipt on',
  transfer: 'Gives it to another unit; the clock starts anew only within two working days of the receipt',
  refuse: 'Refuses to take it up',
  'request-supplement': 'Asks the petitioner for more',
  'complete-supplement': 'Takes in what was asked for: the term of the answer starts anew, once',
  answer: 'The unit answered',
  publish: 'The answer was made public',
  'rate-answer': 'What the petitioner said of the answer, where no token was used',
  'change-about': 'Says anew what it is about: the answer to an earlier petition, a dossier, both, or neither',
};

export class InWorkQuery {
  @ApiPropertyOptional({ type: String, example: 'PAKN.20261005.0001', description: '`next` of the page before.' })
  @MayBeAbsent()
  @IsPetitionCode()
  readonly after?: string;

  @ApiPropertyOptional({ type: Number, default: DEFAULT_LIMIT, minimum: 1, maximum: 1_000 })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly limit: number = DEFAULT_LIMIT;
}

/**
 * Petitions (phản ánh, kiến nghị): a command for every fact, judged against the state at its own instant (lifecycle.md §7).
 * Refuses PETITION.* (404, 409, 422), AUTH.UNIT_OUT_OF_SCOPE (403), IDEMPOTENCY.KEY_REUSED (422), REQUEST.INVALID (400).
 */
@ApiTags('petitions')
@ApiBearerAuth()
@Roles('desk', 'replay')
@Controller('v1')
export class PetitionsController {
  constructor(
    private readonly gate: CommandGate,
    private readonly tokens: RatingTokens,
    private readonly showPetitions: ShowPetitions,
    private readonly scope: UnitScope,
  ) {}

  @PetitionCommandAt('receive')
  receive(@Param('id', PetitionIdPipe) id: PetitionId, @GivenUnder() given: Circumstances, @Body() body: ReceivePetitionDto): Promise<CommandAnswer> {
    return this.gate.petition(id, given, body, { command: 'receive', unit: body.unit, class: body.class, ...aboutIn(body), ...textIn(body) });
  }

  @PetitionCommandAt('classify')
  classify(@Param('id', PetitionIdPipe) id: PetitionId, @GivenUnder() given: Circumstances, @Body() body: ClassifyPetitionDto): Promise<CommandAnswer> {
    return this.gate.petition(id, given, body, { command: 'classify', class: body.class });
  }

  @PetitionCommandAt('transfer')
  transfer(@Param('id', PetitionIdPipe) id: PetitionId, @GivenUnder() given: Circumstances, @Body() body: TransferPetitionDto): Promise<CommandAnswer> {
    return this.gate.petition(id, given, body, { command: 'transfer', unit: body.unit });
  }

  @PetitionCommandAt('refuse')
  refuse(@Param('id', PetitionIdPipe) id: PetitionId, @GivenUnder() given: Circumstances, @Body() body: RefusePetitionDto): Promise<CommandAnswer> {
    return this.gate.petition(id, given, body, { command: 'refuse', ...(body.reasonCode === undefined ? {} : { reasonCode: body.reasonCode }) });
  }

  @PetitionCommandAt('request-supplement')
  requestSupplement(@Param('id', PetitionIdPipe) id: PetitionId, @GivenUnder() given: Circumstances, @Body() body: CommandDto): Promise<CommandAnswer> {
    return this.gate.petition(id, given, body, { command: 'request-supplement' });
  }

  @PetitionCommandAt('complete-supplement')
  completeSupplement(@Param('id', PetitionIdPipe) id: PetitionId, @GivenUnder() given: Circumstances, @Body() body: WrittenCommandDto): Promise<CommandAnswer> {
    return this.gate.petition(id, given, body, { command: 'complete-supplement', ...textIn(body) });
  }

  @PetitionCommandAt('answer')
  answer(@Param('id', PetitionIdPipe) id: PetitionId, @GivenUnder() given: Circumstances, @Body() body: WrittenCommandDto): Promise<CommandAnswer> {
    return this.gate.petition(id, given, body, { command: 'answer', ...textIn(body) });
  }

  @PetitionCommandAt('publish')
  publish(@Param('id', PetitionIdPipe) id: PetitionId, @GivenUnder() given: Circumstances, @Body() body: CommandDto): Promise<CommandAnswer> {
    return this.gate.petition(id, given, body, { command: 'publish' });
  }

  /** For portals and migrations; a unit does not rate its own answers. */
  @Roles('source', 'replay')
  @PetitionCommandAt('rate-answer')
  rateAnswer(@Param('id', PetitionIdPipe) id: PetitionId, @GivenUnder() given: Circumstances, @Body() body: RateAnswerDto): Promise<CommandAnswer> {
    return this.gate.petition(id, given, body, { command: 'rate-answer', satisfied: body.satisfied });
  }

  @PetitionCommandAt('change-about')
  changeAbout(@Param('id', PetitionIdPipe) id: PetitionId, @GivenUnder() given: Circumstances, @Body() body: ChangeAboutDto): Promise<CommandAnswer> {
    return this.gate.petition(id, given, body, { command: 'change-about', ...aboutIn(body) });
  }

  @Command('petitions/:id/issue-answer-token', 'A token with which the petitioner rates the answer; one that was issued before counts no more', codesOf('PETITION', 'RATING', 'FEEDBACK'), ISSUED_ANSWER)
  async issueAnswerToken(@Param('id', PetitionIdPipe) id: PetitionId, @GivenUnder() given: Circumstances) {
    const hashOf = (number: string) => tokenHash(this.tokens.ofAnswer(id, number));
    const { issued = '' } = await this.gate.onPetition(id, given, ['issue-answer-token'], undefined, (state, recordedAt) => {
      const decided = issueAnswerToken(state, { hashOf, by: given.principal.subject }, recordedAt);
      return decided.ok ? ok({ change: { state: decided.value.state, facts: [] }, issued: decided.value.number }) : decided;
    });
    return { id, number: issued, token: this.tokens.ofAnswer(id, issued) };
  }

  @ApiOperation({ summary: 'A petition: its life, what was written, by when what has to be done' })
  @Answers(PETITION_ANSWER)
  @Refuses('AUTH.UNIT_OUT_OF_SCOPE', 'PETITION.UNKNOWN')
  @Roles('desk', 'reviewer')
  @Get('petitions/:id')
  async show(@Param('id', PetitionIdPipe) id: PetitionId, @CurrentPrincipal() principal: Principal) {
    return petitionJson(orRefuse(await this.showPetitions.execute(id, this.scope.of(principal))));
  }

  @ApiOperation({ summary: 'What a unit has left to do: petitions to handle, to wait for, to publish, with due instants and working hours left' })
  @Answers(PETITION_LIST_ANSWER)
  @Refuses('AUTH.UNIT_OUT_OF_SCOPE')
  @Roles('desk', 'operator', 'reviewer', 'replay')
  @Get('units/:unit/petitions')
  async inWork(@Param('unit', UnitCodePipe) unit: UnitCode, @Query() { after, limit }: InWorkQuery, @CurrentPrincipal() principal: Principal) {
    const from = after === undefined ? undefined : parsePetitionId(after);
    const { items, next } = orRefuse(await this.showPetitions.inWork(unit, { after: from, limit }, this.scope.of(principal)));
    return { petitions: items.map(petitionLineJson), next };
  }
}

function PetitionCommandAt(name: PetitionCommandName): MethodDecorator {
  return Command(`petitions/:id/${name}`, SUMMARIES[name], codesOf('PETITION', 'RATING', 'FEEDBACK'));
}

function textIn({ text }: WrittenCommandDto) {
  return text === undefined ? {} : { text };
}

/** The DTO's check let only codes through; here they take their one form. */
function aboutIn({ about }: { readonly about?: AboutDto }): { readonly about?: PetitionAbout } {
  if (about === undefined) return {};
  const petition = about.petition === undefined ? undefined : parsePetitionId(about.petition);
  const dossier = about.dossier === undefined ? undefined : parseDossierId(about.dossier);
  return { about: { ...(petition === undefined ? {} : { petition }), ...(dossier === undefined ? {} : { dossier }) } };
}
