import { ok, refused, type DossierId, type Result } from '@index766/kernel';
import { emptyPayments } from '../domain/payments-state';
import type { ProviderEvent } from '../domain/provider-event';
import { takeEvent, type EventOutcome } from '../domain/take-event';
import type { Clock, Payments } from './ports';

export interface TakenEvent {
  readonly outcome: EventOutcome;
  readonly newFacts: number;
}

/**
 * Takes a signed event of a provider, on whatever dossier it names: applied, parked with a reason, or nothing new, in one
 * write. Refuses with PAYMENT.IN_FUTURE, PAYMENT.EVENT_CONFLICT, PAYMENT.TOO_MANY_*, AGGREGATE.CONTENDED, OUTBOX.FULL.
 */
export class TakeProviderEvent {
  /** @param aheadMs how far a provider's clock may run ahead of ours. */
  constructor(private readonly payments: Payments, private readonly clock: Clock, private readonly aheadMs: number) {}

  execute(dossier: DossierId, event: ProviderEvent): Promise<Result<TakenEvent>> {
    return this.payments.update(dossier, (stored) => {
      const now = this.clock.now();
      if (event.occurredAt > now + this.aheadMs) return refused('PAYMENT.IN_FUTURE', 'money does not move in the future', 'occurredAt');
      const state = stored?.state ?? emptyPayments(dossier);
      const taken = takeEvent(state, event, now);
      if (!taken.ok) return taken;
      const { outcome, change } = taken.value;
      const answer: TakenEvent = { outcome, newFacts: change.facts.length };
      return ok(change.state === state ? { answer } : { answer, change });
    });
  }
}
