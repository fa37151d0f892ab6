import { parseInstant, type DossierId, type Instant, type Result } from '@index766/kernel';
import { orRefuse, requestHash, type Circumstances } from '@index766/platform-http';
import type { UnitScope } from '@index766/platform-reference';
import type { CommandPayments } from '../application/command-payments';
import type { CommandAnswer } from '../application/ports';
import { decideCommand, type PaymentCommand } from '../domain/payment-command';
import type { PaymentsChange, PaymentsState } from '../domain/payments-state';
import type { PaymentMetrics } from '../payment-metrics';
import type { CommandDto } from './command.dto';

/** A command without the instant that all of them have. */
type Spoken = PaymentCommand extends infer Command ? (Command extends unknown ? Omit<Command, 'occurredAt'> : never) : never;

/** Hands commands of all endpoints to the use case in one way. */
export class CommandGate {
  constructor(
    private readonly commandPayments: CommandPayments,
    private readonly scope: UnitScope,
    private readonly metrics: PaymentMetrics,
  ) {}

  take(dossier: DossierId, given: Circumstances, body: CommandDto, spoken: Spoken): Promise<CommandAnswer> {
    const occurredAt = body.occurredAt === undefined ? undefined : parseInstant(body.occurredAt);
    const command: PaymentCommand = { ...spoken, ...(occurredAt === undefined ? {} : { occurredAt }) };
    return this.decide(dossier, given, [spoken.command, body], (state, recordedAt) => decideCommand(state, command, recordedAt));
  }

  /** @param request tells it apart from others under the same Idempotency-Key. */
  async decide(
    dossier: DossierId, { principal, idempotencyKey, recordedAt }: Circumstances, request: readonly unknown[],
    decide: (state: PaymentsState, recordedAt: Instant) => Result<PaymentsChange>,
  ): Promise<CommandAnswer> {
    const answer = orRefuse(await this.commandPayments.execute({
      dossier,
      decide,
      idempotencyKey,
      requestHash: requestHash(principal.subject, ...request),
      covers: this.scope.of(principal),
      ...(recordedAt === undefined ? {} : { recordedAt }),
    }));
    this.metrics.commandTaken(answer.facts.length);
    return answer;
  }
}
