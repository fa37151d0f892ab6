import { parseInstant, unitInCode, type DossierId } from '@index766/kernel';
import { orRefuse, requestHash, type Circumstances } from '@index766/platform-http';
import type { UnitScope } from '@index766/platform-reference';
import type { CommandDossier } from '../application/command-dossier';
import type { CommandAnswer } from '../application/ports';
import type { DossierMetrics } from '../dossier-metrics';
import type { DossierCommand } from '../domain/dossier-command';
import type { SeenOfficer } from '../domain/seen-officer';
import type { CommandDto } from './command.dto';

/** A command without the instant that all of them have. */
type Spoken = DossierCommand extends infer Command ? (Command extends unknown ? Omit<Command, 'occurredAt'> : never) : never;

/** Hands commands of all endpoints to the use case in one way. */
export class CommandGate {
  constructor(
    private readonly commandDossier: CommandDossier,
    private readonly scope: UnitScope,
    private readonly metrics: DossierMetrics,
  ) {}

  async take(
    dossier: DossierId, { principal, idempotencyKey, recordedAt }: Circumstances, body: CommandDto, spoken: Spoken, officer?: SeenOfficer,
  ): Promise<CommandAnswer> {
    const occurredAt = body.occurredAt === undefined ? undefined : parseInstant(body.occurredAt);
    const answer = orRefuse(await this.commandDossier.execute({
      dossier,
      command: { ...spoken, ...(occurredAt === undefined ? {} : { occurredAt }) },
      idempotencyKey,
      requestHash: requestHash(principal.subject, spoken.command, body),
      covers: this.scope.of(principal),
      unitOfCode: unitInCode(dossier),
      ...(officer === undefined ? {} : { officer }),
      ...(recordedAt === undefined ? {} : { recordedAt }),
    }));
    this.metrics.commandTaken(answer.facts.length);
    return answer;
  }
}
