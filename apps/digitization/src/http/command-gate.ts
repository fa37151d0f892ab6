import { parseInstant, type DossierId } from '@index766/kernel';
import { orRefuse, requestHash, type Circumstances } from '@index766/platform-http';
import type { UnitScope } from '@index766/platform-reference';
import type { CommandDocuments } from '../application/command-documents';
import type { CommandAnswer } from '../application/ports';
import type { DigitizationMetrics } from '../digitization-metrics';
import type { DocumentCommand } from '../domain/document-command';
import type { CommandDto } from './command.dto';

/** A command without the instant that all of them have. */
type Spoken = DocumentCommand extends infer Command ? (Command extends unknown ? Omit<Command, 'occurredAt'> : never) : never;

/** Hands commands of all endpoints to the use case in one way. */
export class CommandGate {
  constructor(
    private readonly commandDocuments: CommandDocuments,
    private readonly scope: UnitScope,
    private readonly metrics: DigitizationMetrics,
  ) {}

  async take(
    dossier: DossierId, { principal, idempotencyKey, recordedAt }: Circumstances, body: CommandDto, spoken: Spoken,
  ): Promise<CommandAnswer> {
    const occurredAt = body.occurredAt === undefined ? undefined : parseInstant(body.occurredAt);
    const answer = orRefuse(await this.commandDocuments.execute({
      dossier,
      command: { ...spoken, ...(occurredAt === undefined ? {} : { occurredAt }) },
      idempotencyKey,
      requestHash: requestHash(principal.subject, spoken.command, body),
      covers: this.scope.of(principal),
      ...(recordedAt === undefined ? {} : { recordedAt }),
    }));
    this.metrics.commandTaken(answer.facts.length);
    return answer;
  }
}
