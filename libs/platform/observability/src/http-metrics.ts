import type { ServerResponse } from 'node:http';
import { METHODS, methodOf, routeOf, type RoutedRequest } from './http-routes';
import { defineMetrics } from './metrics/metric-definition';
import type { Metrics } from './metrics/metrics';

export const HTTP_METRICS = defineMetrics('http', {
  duration: {
    kind: 'histogram',
    name: 'http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer; status 0: the client went away.',
    labels: { method: METHODS, route: [], status: [] },
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  },
  inFlight: {
    kind: 'gauge',
    name: 'http_requests_in_flight',
    help: 'Requests being worked on.',
    labels: {},
  },
});

/**
 * Rate, errors and duration of every request, refused ones included. The route is the pattern, never the path: an id in
 * a label would make a series per dossier.
 */
export function measureRequests(metrics: Metrics) {
  const { duration, inFlight } = metrics.of(HTTP_METRICS);
  return (request: RoutedRequest, response: ServerResponse, next: () => void): void => {
    const startedAt = process.hrtime.bigint();
    inFlight.add({}, 1);
    response.once('close', () => {
      inFlight.add({}, -1);
      const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
      const status = response.writableFinished ? String(response.statusCode) : '0';
      duration.observe({ method: methodOf(request), route: routeOf(request), status }, seconds);
    });
    next();
  };
}
