import { defineMetrics, type MetricHandles, type Metrics } from '@index766/platform-observability';
import type { SpokenOutcome } from './application/speak-by-token';

export const FEEDBACK_METRICS = defineMetrics('feedback', {
  facts: {
    kind: 'counter',
    name: 'feedback_facts_recorded_total',
    help: 'Facts about ratings and petitions recorded, by what brought them.',
    labels: { by: ['command', 'token'] },
  },
  words: {
    kind: 'counter',
    name: 'feedback_words_by_token_total',
    help: 'Words that citizens sent by token, by what became of them.',
    labels: { outcome: ['taken', 'repeated', 'refused'] },
  },
  links: {
    kind: 'gauge',
    name: 'feedback_pending_links',
    help: 'Petitions that a dossier or an earlier petition has not learnt of yet, as many as a round takes at most.',
    labels: {},
  },
});

/** What this service counts. */
export class FeedbackMetrics {
  private readonly handles: MetricHandles<typeof FEEDBACK_METRICS>;

  constructor(metrics: Metrics) {
    this.handles = metrics.of(FEEDBACK_METRICS);
  }

  commandTaken(newFacts: number): void {
    this.handles.facts.add({ by: 'command' }, newFacts);
  }

  wordTaken(outcome: SpokenOutcome): void {
    this.handles.words.add({ outcome });
    if (outcome === 'taken') this.handles.facts.add({ by: 'token' });
  }

  wordRefused(): void {
    this.handles.words.add({ outcome: 'refused' });
  }

  linksPending(petitions: number): void {
    this.handles.links.set({}, petitions);
  }
}
