import { parseInstant, type DossierId, type Instant, type PetitionId, type Result, type UnitCode } from '@index766/kernel';
import { orRefuse, requestHash, type Circumstances } from '@index766/platform-http';
import type { UnitScope } from '@index766/platform-reference';
import type { CommandPetition } from '../application/command-petition';
import type { CommandRating } from '../application/command-rating';
import type { Decided, GivenCommand } from '../application/given-command';
import type { CommandAnswer } from '../application/ports';
import type { DossierFeedback, FeedbackChange } from '../domain/dossier-feedback';
import type { Petition, PetitionChange } from '../domain/petition';
import { decidePetition, type PetitionCommand, type PetitionRules } from '../domain/petition-command';
import type { FeedbackMetrics } from '../feedback-metrics';
import type { CommandDto } from './command.dto';

/** A command without the instant that all of them have. */
type Spoken = PetitionCommand extends infer Command ? (Command extends unknown ? Omit<Command, 'occurredAt'> : never) : never;

/** Hands commands of all endpoints to the use cases in one way. */
export class CommandGate {
  constructor(
    private readonly commands: { readonly rating: CommandRating; readonly petition: CommandPetition },
    private readonly rules: PetitionRules,
    private readonly scope: UnitScope,
    private readonly metrics: FeedbackMetrics,
  ) {}

  /** How long after it was first given a rating may be changed. */
  get changeWithinMs(): number {
    return this.rules.changeWithinMs;
  }

  /** One command for a fact of a petition's life. */
  petition(petition: PetitionId, given: Circumstances, body: CommandDto, spoken: Spoken): Promise<CommandAnswer> {
    const occurredAt = instantIn(body);
    const command: PetitionCommand = { ...spoken, ...(occurredAt === undefined ? {} : { occurredAt }) };
    const receivingUnit = command.command === 'receive' ? command.unit : undefined;
    return this.onPetition(petition, given, [command.command, body], receivingUnit, (state, recordedAt) => {
      const decided = decidePetition(state, command, recordedAt, this.rules);
      return decided.ok ? { ok: true, value: { change: decided.value } } : decided;
    });
  }

  async onPetition(
    petition: PetitionId, given: Circumstances, request: readonly unknown[], receivingUnit: UnitCode | undefined,
    decide: (state: Petition, recordedAt: Instant) => Result<Decided<PetitionChange>>,
  ): Promise<CommandAnswer> {
    return this.counted(await this.commands.petition.execute(petition, this.givenOf(given, request), receivingUnit, decide));
  }

  async onRating(
    dossier: DossierId, given: Circumstances, request: readonly unknown[],
    decide: (state: DossierFeedback, recordedAt: Instant) => Result<Decided<FeedbackChange>>,
  ): Promise<CommandAnswer> {
    return this.counted(await this.commands.rating.execute(dossier, this.givenOf(given, request), decide));
  }

  private givenOf({ principal, idempotencyKey, recordedAt }: Circumstances, request: readonly unknown[]): GivenCommand {
    return {
      idempotencyKey,
      requestHash: requestHash(principal.subject, ...request),
      covers: this.scope.of(principal),
      ...(recordedAt === undefined ? {} : { recordedAt }),
    };
  }

  private counted(result: Result<CommandAnswer>): CommandAnswer {
    const answer = orRefuse(result);
    this.metrics.commandTaken(answer.facts.length);
    return answer;
  }
}

export function instantIn({ occurredAt }: CommandDto): Instant | undefined {
  return occurredAt === undefined ? undefined : parseInstant(occurredAt);
}
