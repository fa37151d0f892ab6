import { randomBytes } from 'node:crypto';
import {
  ROOT_CONTEXT, TraceFlags, context, isSpanContextValid, trace, type SpanContext,
} from '@opentelemetry/api';
import { AsyncContext } from './async-context';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Reads a W3C `traceparent`; undefined if it is none. */
export function parseTraceparent(text: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(text ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  const span = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(span) ? span : undefined;
}

export function formatTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/** The trace that the running code belongs to, as the header to pass on; undefined outside of one. */
export function activeTraceparent(): string | undefined {
  const span = trace.getSpanContext(context.active());
  return span && isSpanContextValid(span) ? formatTraceparent(span) : undefined;
}

/** Runs `work` inside the trace of a header, or inside a new one if there is no valid header. */
export function inTrace<T>(traceparent: string | undefined, work: () => T): T {
  const span = parseTraceparent(traceparent) ?? newTrace();
  return context.with(trace.setSpanContext(ROOT_CONTEXT, span), work);
}

/** Makes `inTrace` hold over awaits. Once per process; a tracing SDK that was registered before stays. */
export function keepTraceOverAwaits(): void {
  context.setGlobalContextManager(new AsyncContext());
}

function newTrace(): SpanContext {
  return {
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    traceFlags: TraceFlags.NONE,
  };
}
