import { randomBytes } from 'node:crypto';
import {
  ROOT_CONTEXT, TraceFlags, context, isSpanContextValid, trace, type Context, type Span, type SpanContext, type SpanOptions,
} from '@opentelemetry/api';
import { AsyncContext } from './async-context';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const TRACER = 'index766';

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

/** Runs `work` in no trace: it is done for several at once. */
export function outsideTraces<T>(work: () => T): T {
  return context.with(ROOT_CONTEXT, work);
}

/** `work`, to be called from anywhere, in the trace that runs now. */
export function keepingTrace<Args extends unknown[], T>(work: (...args: Args) => T): (...args: Args) => T {
  return context.bind(context.active(), work);
}

/**
 * A piece of work that continues the trace of a header, or begins one. Where nothing is exported it is no more than the
 * header's own place in the trace. Whoever starts it ends it.
 */
export function startSpan(name: string, options: SpanOptions, traceparent: string | undefined): Span {
  const before = parseTraceparent(traceparent);
  const parent = before === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, before);
  const span = trace.getTracer(TRACER).startSpan(name, options, parent);
  return isSpanContextValid(span.spanContext()) ? span : trace.wrapSpanContext(newTrace());
}

/** Runs `work` as a part of the span. */
export function asPartOf<T>(span: Span, work: () => T): T {
  return context.with(contextOf(span), work);
}

/** Makes `inTrace` hold over awaits. Once per process; a tracing SDK that was registered before stays. */
export function keepTraceOverAwaits(): void {
  context.setGlobalContextManager(new AsyncContext());
}

export function newTrace(): SpanContext {
  return { traceId: newTraceId(), spanId: newSpanId(), traceFlags: TraceFlags.NONE };
}

export function newTraceId(): string {
  return randomBytes(16).toString('hex');
}

export function newSpanId(): string {
  return randomBytes(8).toString('hex');
}

function contextOf(span: Span): Context {
  return trace.setSpan(ROOT_CONTEXT, span);
}
