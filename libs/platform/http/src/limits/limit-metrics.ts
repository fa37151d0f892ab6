import { defineMetrics, type MetricHandles } from '@index766/platform-observability';

/** Requests that were not worked on, and why. */
export const LIMIT_METRICS = defineMetrics('http', {
  limited: {
    kind: 'counter',
    name: 'http_limited_requests_total',
    help: 'Requests put off before they were worked on, by the limit that was reached.',
    labels: { limit: ['source-rate', 'address-rate', 'in-work', 'body-memory'] },
  },
  broken: {
    kind: 'counter',
    name: 'http_broken_requests_total',
    help: 'Requests that could not be read as HTTP, or came too slowly.',
    labels: { reason: ['malformed', 'head-too-large', 'too-slow'] },
  },
  bodyBytes: {
    kind: 'gauge',
    name: 'http_body_bytes_in_work',
    help: 'Bytes set aside for bodies that are read or worked on.',
    labels: {},
  },
});

export type LimitMetrics = MetricHandles<typeof LIMIT_METRICS>;
