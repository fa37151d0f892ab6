import {
  SpanStatusCode, type Attributes, type Exception, type HrTime, type Link, type Span, type SpanContext,
  type SpanKind, type SpanStatus, type TimeInput,
} from '@opentelemetry/api';

/** What is told of a piece of work that ended. */
export interface EndedSpan {
  readonly context: SpanContext;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly kind: SpanKind;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: Attributes;
  readonly links: readonly SpanContext[];
  readonly status: SpanStatus;
}

export type SpanStart = Omit<EndedSpan, 'endedAt' | 'status'>;

/** OpenTelemetry's collectors take that many by default. */
const MOST_LINKS = 128;

/** A span that is recorded and told to `ended` once. Events are not kept: what happened is in the log, with the trace's id. */
export class ExportedSpan implements Span {
  private readonly attributes: Attributes;
  private readonly links: SpanContext[];
  private name: string;
  private status: SpanStatus = { code: SpanStatusCode.UNSET };
  private isOver = false;

  constructor(private readonly start: SpanStart, private readonly ended: (span: EndedSpan) => void) {
    this.name = start.name;
    this.attributes = { ...start.attributes };
    this.links = start.links.slice(0, MOST_LINKS);
  }

  spanContext(): SpanContext {
    return this.start.context;
  }

  setAttribute(key: string, value: NonNullable<Attributes[string]>): this {
    this.attributes[key] = value;
    return this;
  }

  setAttributes(attributes: Attributes): this {
    Object.assign(this.attributes, attributes);
    return this;
  }

  addEvent(): this {
    return this;
  }

  addLink({ context }: Link): this {
    if (this.links.length < MOST_LINKS) this.links.push(context);
    return this;
  }

  addLinks(links: Link[]): this {
    for (const link of links) this.addLink(link);
    return this;
  }

  setStatus(status: SpanStatus): this {
    this.status = status;
    return this;
  }

  updateName(name: string): this {
    this.name = name;
    return this;
  }

  isRecording(): boolean {
    return !this.isOver;
  }

  /** Its kind alone: the text of an error may hold what a record says. */
  recordException(exception: Exception): void {
    this.attributes['error.type'] = typeof exception === 'object' && exception.name !== undefined ? exception.name : 'Error';
  }

  end(at?: TimeInput): void {
    if (this.isOver) return;
    this.isOver = true;
    const { name, attributes, links, status } = this;
    this.ended({ ...this.start, name, attributes, links, status, endedAt: millisecondsOf(at) });
  }
}

/** A stated instant, or now. */
export function millisecondsOf(at: TimeInput | undefined): number {
  if (typeof at === 'number') return at;
  if (at instanceof Date) return at.getTime();
  return at === undefined ? performance.timeOrigin + performance.now() : millisecondsOfPair(at);
}

function millisecondsOfPair([seconds, nanoseconds]: HrTime): number {
  return seconds * 1_000 + nanoseconds / 1e6;
}
