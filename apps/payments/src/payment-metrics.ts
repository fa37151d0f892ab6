import type { Refusal } from '@index766/kernel';
import { defineMetrics, type MetricHandles, type Metrics } from '@index766/platform-observability';
import { PARK_REASONS, type ParkReason } from './domain/provider-event';
import type { EventOutcome } from './domain/take-event';

export const PAYMENT_METRICS = defineMetrics('payments', {
  facts: {
    kind: 'counter',
    name: 'payments_facts_recorded_total',
    help: 'Facts about money recorded, by what brought them.',
    labels: { by: ['push', 'command', 'provider'] },
  },
  events: {
    kind: 'counter',
    name: 'payments_provider_events_total',
    help: 'Events of providers by what became of them.',
    labels: { outcome: ['applied', 'repeated', 'parked', 'refused'] },
  },
  refusals: {
    kind: 'counter',
    name: 'payments_provider_event_refusals_total',
    help: 'Refused events of providers by the code.',
    labels: { code: [] },
  },
  parked: {
    kind: 'gauge',
    name: 'payments_parked_events',
    help: 'Events of providers that wait, by the reason.',
    labels: { reason: PARK_REASONS },
  },
});

/** What this service counts. */
export class PaymentMetrics {
  private readonly handles: MetricHandles<typeof PAYMENT_METRICS>;

  constructor(metrics: Metrics) {
    this.handles = metrics.of(PAYMENT_METRICS);
  }

  pushesTaken(newFacts: number): void {
    this.handles.facts.add({ by: 'push' }, newFacts);
  }

  commandTaken(newFacts: number): void {
    this.handles.facts.add({ by: 'command' }, newFacts);
  }

  eventTaken({ outcome }: EventOutcome, newFacts: number): void {
    this.handles.events.add({ outcome });
    this.handles.facts.add({ by: 'provider' }, newFacts);
  }

  eventRefused({ code }: Refusal): void {
    this.handles.events.add({ outcome: 'refused' });
    this.handles.refusals.add({ code });
  }

  parkedCounted(counts: ReadonlyMap<ParkReason, number>): void {
    for (const reason of PARK_REASONS) this.handles.parked.set({ reason }, counts.get(reason) ?? 0);
  }
}
