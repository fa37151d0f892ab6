import { defineMetrics } from '../metrics/metric-definition';

export const TRACE_METRICS = defineMetrics('trace', {
  spans: {
    kind: 'counter',
    name: 'trace_spans_total',
    help: 'Spans of exported traces: taken by the collector, or dropped because it does not answer or too many wait.',
    labels: { outcome: ['sent', 'dropped'] },
  },
});
