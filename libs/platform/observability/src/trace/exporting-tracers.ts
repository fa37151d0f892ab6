import {
  SpanKind, TraceFlags, isSpanContextValid, trace, type Context, type Span, type SpanContext, type SpanOptions, type Tracer,
  type TracerProvider, context,
} from '@opentelemetry/api';
import { ExportedSpan, millisecondsOf, type EndedSpan } from './exported-span';
import { newSpanId, newTraceId } from './trace-context';

export interface SamplingOptions {
  /** Traces of a hundred that are recorded where they begin; who continues one does as its beginning did. */
  readonly samplePercent: number;
  readonly ended: (span: EndedSpan) => void;
}

/** OpenTelemetry's tracers whose spans are told to `ended`. */
export class ExportingTracers implements TracerProvider, Tracer {
  constructor(private readonly options: SamplingOptions) {}

  getTracer(): Tracer {
    return this;
  }

  startSpan(name: string, { kind = SpanKind.INTERNAL, attributes = {}, links = [], root = false, startTime }: SpanOptions = {}, parent: Context = context.active()): Span {
    const before = root ? undefined : validSpanOf(parent);
    const traceId = before?.traceId ?? newTraceId();
    const isSampled = before === undefined ? isChosen(traceId, this.options.samplePercent) : (before.traceFlags & TraceFlags.SAMPLED) !== 0;
    const own = { traceId, spanId: newSpanId(), traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE };
    if (!isSampled) return trace.wrapSpanContext(before ?? own);
    return new ExportedSpan(
      {
        context: own, parentSpanId: before?.spanId, name, kind, attributes, links: links.map((link) => link.context),
        startedAt: millisecondsOf(startTime),
      },
      this.options.ended,
    );
  }

  startActiveSpan<Work extends (span: Span) => unknown>(name: string, ...rest: readonly [Work] | readonly [SpanOptions, Work] | readonly [SpanOptions, Context, Work]): ReturnType<Work> {
    const work = rest[rest.length - 1] as Work;
    const options = rest.length > 1 ? (rest[0] as SpanOptions) : {};
    const parent = rest.length > 2 ? (rest[1] as Context) : context.active();
    const span = this.startSpan(name, options, parent);
    return context.with(trace.setSpan(parent, span), () => work(span)) as ReturnType<Work>;
  }
}

/** By the trace's id, so that every service decides the same. */
export function isChosen(traceId: string, percent: number): boolean {
  return Number.parseInt(traceId.slice(-8), 16) < (percent / 100) * 2 ** 32;
}

function validSpanOf(parent: Context): SpanContext | undefined {
  const span = trace.getSpanContext(parent);
  return span !== undefined && isSpanContextValid(span) ? span : undefined;
}
