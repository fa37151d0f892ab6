import type { Refusal } from '@index766/kernel';
import { defineMetrics, type MetricHandles, type Metrics } from '@index766/platform-observability';

export const DOSSIER_METRICS = defineMetrics('dossiers', {
  pushElements: {
    kind: 'counter',
    name: 'dossiers_push_elements_total',
    help: 'Elements of pushes by what became of them.',
    labels: { outcome: ['accepted', 'refused'] },
  },
  refusals: {
    kind: 'counter',
    name: 'dossiers_push_refusals_total',
    help: 'Refused elements of pushes by their code.',
    labels: { code: [] },
  },
  facts: {
    kind: 'counter',
    name: 'dossiers_facts_recorded_total',
    help: 'Facts recorded, by what brought them.',
    labels: { by: ['push', 'command', 'review'] },
  },
  movedDueDates: {
    kind: 'counter',
    name: 'dossiers_due_dates_moved_total',
    help: 'Due dates of open dossiers set anew after a calendar or a procedure changed.',
    labels: {},
  },
});

/** What this service counts. */
export class DossierMetrics {
  private readonly handles: MetricHandles<typeof DOSSIER_METRICS>;

  constructor(metrics: Metrics) {
    this.handles = metrics.of(DOSSIER_METRICS);
  }

  pushTaken(refusals: readonly (Refusal | undefined)[], newFacts: number): void {
    for (const refusal of refusals) if (refusal !== undefined) this.handles.refusals.add({ code: refusal.code });
    const refused = refusals.filter((refusal) => refusal !== undefined).length;
    this.handles.pushElements.add({ outcome: 'refused' }, refused);
    this.handles.pushElements.add({ outcome: 'accepted' }, refusals.length - refused);
    this.handles.facts.add({ by: 'push' }, newFacts);
  }

  commandTaken(newFacts: number): void {
    this.handles.facts.add({ by: 'command' }, newFacts);
  }

  dueDatesMoved(count: number): void {
    this.handles.movedDueDates.add({}, count);
    this.handles.facts.add({ by: 'review' }, count);
  }
}
