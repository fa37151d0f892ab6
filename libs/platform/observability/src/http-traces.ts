import type { IncomingMessage, ServerResponse } from 'node:http';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { methodOf, routeOf, type RoutedRequest } from './http-routes';
import { asPartOf, startSpan } from './trace/trace-context';

/** What Prometheus and health checks ask every few seconds; a trace of it tells nobody anything. */
const UNTRACED = /^\/(?:health\/|metrics(?:$|\?))/;

/** Runs every request in the trace of its `traceparent`, or in a new one. A span has the pattern of the route, never the path. */
export function traceRequests(request: RoutedRequest, response: ServerResponse, next: () => void): void {
  if (UNTRACED.test(request.url ?? '')) {
    next();
    return;
  }
  const method = methodOf(request);
  const span = startSpan(method, { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } }, headerOf(request));
  if (span.isRecording()) {
    response.once('close', () => {
      const route = routeOf(request);
      span.updateName(`${method} ${route}`);
      span.setAttribute('http.route', route);
      if (response.writableFinished) span.setAttribute('http.response.status_code', response.statusCode);
      if (!response.writableFinished || response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
  }
  asPartOf(span, next);
}

function headerOf({ headers: { traceparent } }: IncomingMessage): string | undefined {
  return typeof traceparent === 'string' ? traceparent : undefined;
}
