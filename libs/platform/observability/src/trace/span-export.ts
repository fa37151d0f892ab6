import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../log/logger';
import type { Metrics } from '../metrics/metrics';
import type { EndedSpan } from './exported-span';
import { toOtlp } from './otlp';
import { TRACE_METRICS } from './trace-metrics';
import { outsideTraces } from './trace-context';

export interface SpanExportOptions {
  readonly service: string;
  /** Address of a collector, as OTEL_EXPORTER_OTLP_ENDPOINT names it: `/v1/traces` is appended. */
  readonly endpoint: string;
  readonly metrics: Metrics;
  readonly log: Pick<Logger, 'warn' | 'info'>;
  /** All of a stop, with the request that is under way. */
  readonly stopWithinMs?: number;
}

/** Spans that wait; more are dropped: traces are told to whoever looks, no work ever waits for them. */
const MOST_WAITING = 4_096;
const MOST_AT_ONCE = 512;
const SEND_EVERY_MS = 1_000;
const ANSWER_WITHIN_MS = 5_000;
const STOP_WITHIN_MS = 1_000;

/** Sends ended spans to a collector, OTLP over HTTP, once a second. What it does not take is dropped and counted. */
export class SpanExport {
  private readonly url: string;
  private readonly stopping = new AbortController();
  private readonly waiting: EndedSpan[] = [];
  private running: Promise<void> | undefined;
  private request: AbortController | undefined;
  private isOver = false;
  private isAway = false;

  constructor(private readonly options: SpanExportOptions) {
    this.url = `${options.endpoint.replace(/\/+$/, '')}/v1/traces`;
  }

  start(): void {
    this.running ??= outsideTraces(() => this.run());
  }

  add(span: EndedSpan): void {
    if (this.waiting.length < MOST_WAITING) this.waiting.push(span);
    else this.count('dropped', 1);
  }

  /** Sends what waits, as far as the collector takes it at once; the rest is dropped. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const end = setTimeout(() => {
      this.isOver = true;
      this.request?.abort();
    }, this.options.stopWithinMs ?? STOP_WITHIN_MS);
    await this.running;
    while (this.waiting.length > 0 && !this.isOver) await this.send();
    clearTimeout(end);
    this.count('dropped', this.waiting.splice(0).length);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.send();
      if (this.waiting.length === 0) await pause(SEND_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async send(): Promise<void> {
    const spans = this.waiting.splice(0, MOST_AT_ONCE);
    if (spans.length === 0) return;
    const request = new AbortController();
    this.request = request;
    const tooLate = setTimeout(() => request.abort(), ANSWER_WITHIN_MS);
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(toOtlp(this.options.service, spans)),
        signal: request.signal,
      });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`the collector answers ${response.status}`);
      this.count('sent', spans.length);
      this.tell(false);
    } catch (error) {
      this.count('dropped', spans.length);
      this.tell(true, error);
    } finally {
      clearTimeout(tooLate);
    }
  }

  /** Once when it goes away and once when it is back: it is asked every second. */
  private tell(isAway: boolean, error?: unknown): void {
    if (isAway === this.isAway) return;
    this.isAway = isAway;
    if (isAway) this.options.log.warn({ err: error }, 'the collector of traces takes nothing: spans are dropped');
    else this.options.log.info({}, 'the collector of traces takes spans again');
  }

  private count(outcome: 'sent' | 'dropped', spans: number): void {
    this.options.metrics.of(TRACE_METRICS).spans.add({ outcome }, spans);
  }
}
