import type { Instant, Refusal } from '@index766/kernel';
import { defineMetrics, type MetricHandles, type Metrics } from '@index766/platform-observability';

export const DOSSIER_METRICS = defineMetrics('dossiers', {
  pushElements: {
    kind: 'counter',
    name: 'dossiers_push_elements_total',
    help: 'Elements of pushes by what became of them.',
    labels: { outcome: ['accepted', 'refused'] },
  },
  sourceElements: {
    kind: 'counter',
    name: 'dossiers_source_elements_total',
    help: 'Elements of pushes by the source that sent them and what became of them.',
    labels: { source: [], outcome: ['accepted', 'refused'] },
  },
  lastPush: {
    kind: 'gauge',
    name: 'dossiers_source_last_push_timestamp_seconds',
    help: 'When a source pushed last, as this member saw it; over all members and their restarts: the latest.',
    labels: { source: [] },
  },
  delay: {
    kind: 'histogram',
    name: 'dossiers_source_delay_seconds',
    help: 'From the latest instant that a pushed dossier states to its push: how late a source tells.',
    labels: { source: [] },
    buckets: [60, 600, 3_600, 14_400, 86_400, 259_200, 604_800, 2_592_000],
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

const MILLISECONDS_PER_SECOND = 1_000;

export interface TakenPush {
  /** The name that its token has. */
  readonly source: string;
  /** One for each element. */
  readonly refusals: readonly (Refusal | undefined)[];
  readonly newFacts: number;
  /** How long ago each dossier's latest stated instant was, milliseconds. */
  readonly delays: readonly number[];
  readonly at: Instant;
}

/** What this service counts. */
export class DossierMetrics {
  private readonly handles: MetricHandles<typeof DOSSIER_METRICS>;

  constructor(metrics: Metrics) {
    this.handles = metrics.of(DOSSIER_METRICS);
  }

  pushTaken({ source, delays, refusals, newFacts, at }: TakenPush): void {
    for (const refusal of refusals) if (refusal !== undefined) this.handles.refusals.add({ code: refusal.code });
    const refused = refusals.filter((refusal) => refusal !== undefined).length;
    this.handles.pushElements.add({ outcome: 'refused' }, refused);
    this.handles.pushElements.add({ outcome: 'accepted' }, refusals.length - refused);
    this.handles.facts.add({ by: 'push' }, newFacts);
    this.handles.sourceElements.add({ source, outcome: 'refused' }, refused);
    this.handles.sourceElements.add({ source, outcome: 'accepted' }, refusals.length - refused);
    this.handles.lastPush.set({ source }, at / MILLISECONDS_PER_SECOND);
    for (const delay of delays) this.handles.delay.observe({ source }, delay / MILLISECONDS_PER_SECOND);
  }

  commandTaken(newFacts: number): void {
    this.handles.facts.add({ by: 'command' }, newFacts);
  }

  dueDatesMoved(count: number): void {
    this.handles.movedDueDates.add({}, count);
    this.handles.facts.add({ by: 'review' }, count);
  }
}
