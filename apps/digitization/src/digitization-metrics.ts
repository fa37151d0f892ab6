import { defineMetrics, type MetricHandles, type Metrics } from '@index766/platform-observability';

export const DIGITIZATION_METRICS = defineMetrics('digitization', {
  facts: {
    kind: 'counter',
    name: 'digitization_facts_recorded_total',
    help: 'Facts about papers recorded, by what brought them.',
    labels: { by: ['push', 'command'] },
  },
});

/** What this service counts. */
export class DigitizationMetrics {
  private readonly handles: MetricHandles<typeof DIGITIZATION_METRICS>;

  constructor(metrics: Metrics) {
    this.handles = metrics.of(DIGITIZATION_METRICS);
  }

  pushesTaken(newFacts: number): void {
    this.handles.facts.add({ by: 'push' }, newFacts);
  }

  commandTaken(newFacts: number): void {
    this.handles.facts.add({ by: 'command' }, newFacts);
  }
}
