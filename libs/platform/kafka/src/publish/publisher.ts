import { HEALTHY, Metrics, unhealthy, type Probe } from '@index766/platform-observability';
import type { KafkaClient } from '../client/kafka-client';
import { TimeLimitExceeded } from '../within';
import type { OutgoingRecord, RecordSender, VerbatimRecord } from './outgoing-record';
import { ProducerSession, type ProducerSessionOptions } from './producer-session';
import { PublisherMetrics } from './publisher-metrics';
import { PublishError, isGivenUp, isRefusedContent } from './publish-error';
import { SendQueue, type SendLimits, type SendPart } from './send-queue';
import { toWireMessage } from './wire-message';

export interface PublisherOptions {
  readonly client: KafkaClient;
  /** Default `none`. */
  readonly compression?: 'none' | 'gzip' | undefined;
  readonly limits?: Partial<SendLimits> | undefined;
  /** How long one request may be tried before its sends are rejected as `PUBLISHER.AWAY`; default 45,000. */
  readonly sendWithinMs?: number | undefined;
  /** The service's registry. */
  readonly metrics?: Metrics | undefined;
}

export interface PublisherStatus {
  readonly state: 'idle' | 'connected' | 'recovering' | 'closed';
  /** Waiting; those of the request under way are not counted. */
  readonly queuedRecords: number;
  /** Why records do not leave at present. */
  readonly blockedBy: string | undefined;
}

const DEFAULT_LIMITS: SendLimits = { batchRecords: 1_000, batchBytes: 900_000, queuedRecords: 20_000 };
/** New producers for one request after failures that kafkajs does not retry. */
const SESSIONS_PER_REQUEST = 3;
const CLOSE_SESSION_WITHIN_MS = 1_000;
const SLOW_REQUEST_MS = 3_000;

type RejectionCode = 'PUBLISHER.AWAY' | 'PUBLISHER.REFUSED' | 'PUBLISHER.UNKNOWN_TOPIC';

/**
 * Sends records: one request at a time, batched from the calls that wait, in their order, by an idempotent producer. A
 * failure that kafkajs does not mend ends the producer; the next one may send again what the broker had already, never
 * less. Several publishers send faster than one where that is needed.
 */
export class Publisher implements RecordSender {
  readonly #options: ProducerSessionOptions;
  readonly #metrics: PublisherMetrics;
  readonly #queue: SendQueue;
  #session: ProducerSession | undefined;
  #pumping: Promise<void> | undefined;
  #blockedBy: string | undefined;
  #requestSince: number | undefined;
  #closed = false;

  constructor({ client, compression, limits, sendWithinMs, metrics }: PublisherOptions) {
    this.#options = { client, compression: compression ?? 'none', sendWithinMs: sendWithinMs ?? 45_000 };
    this.#metrics = new PublisherMetrics(metrics ?? new Metrics());
    this.#queue = new SendQueue({ ...DEFAULT_LIMITS, ...limits });
  }

  /** @see RecordSender.send */
  send(records: readonly OutgoingRecord[]): Promise<void> {
    return this.#enqueue(records);
  }

  /** Passes records on byte for byte: dead letters and their replay. */
  sendVerbatim(records: readonly VerbatimRecord[]): Promise<void> {
    return this.#enqueue(records);
  }

  status(): PublisherStatus {
    const blockedBy = this.#blockedBy ?? this.#slowRequest();
    const state = this.#closed ? 'closed' : blockedBy !== undefined ? 'recovering' : this.#session ? 'connected' : 'idle';
    return { state, queuedRecords: this.#queue.records, blockedBy };
  }

  /** Readiness: records leave. It tells within seconds that the broker does not answer, long before a send is given up. */
  readinessProbe(): Probe {
    return {
      name: 'kafka:publisher',
      check: () => {
        const { blockedBy } = this.status();
        return blockedBy === undefined ? HEALTHY : unhealthy(blockedBy);
      },
    };
  }

  /** Sends what waits, at most for `timeoutMs`; what is left is rejected. Later sends are rejected. Never throws. */
  async close(timeoutMs = 1_500): Promise<void> {
    this.#closed = true;
    const limit = new Promise<void>((resolve) => setTimeout(resolve, timeoutMs).unref());
    await Promise.race([this.#pumping, limit]);
    this.#queue.rejectAll(closedError());
    await this.#endSession(CLOSE_SESSION_WITHIN_MS);
    await this.#pumping;
  }

  #enqueue(records: readonly (OutgoingRecord | VerbatimRecord)[]): Promise<void> {
    if (this.#closed) return Promise.reject(closedError());
    const done = this.#queue.add(records.map(toWireMessage));
    this.#startPump();
    return done;
  }

  #startPump(): void {
    this.#pumping ??= this.#pump().finally(() => {
      this.#pumping = undefined;
      // A call may have come between the last look at the queue and here.
      if (this.#queue.records > 0) this.#startPump();
    });
  }

  async #pump(): Promise<void> {
    for (let parts = this.#queue.take(); parts.length > 0; parts = this.#queue.take()) await this.#deliver(parts);
  }

  /** Settles every part, whatever happens; never throws. */
  async #deliver(parts: readonly SendPart[]): Promise<void> {
    let remaining = parts;
    for (let attempt = 1; remaining.length > 0; attempt += 1) {
      try {
        remaining = await this.#withoutMissingTopics(remaining);
        await this.#sendParts(remaining);
        return;
      } catch (error) {
        await this.#replaceSession(error, attempt);
        if (isRefusedContent(error)) return this.#deliverSingly(remaining, error);
        if (isGivenUp(error) || error instanceof TimeLimitExceeded || attempt === SESSIONS_PER_REQUEST || this.#closed) {
          this.#reject(remaining, 'PUBLISHER.AWAY', 'the broker does not take records', error);
          return;
        }
      }
    }
  }

  async #replaceSession(error: unknown, attempt: number): Promise<void> {
    this.#blockedBy = error instanceof Error ? error.message : String(error);
    await this.#endSession(0);
    if (this.#closed) return;
    this.#options.client.logger.warn({ err: error, attempt }, 'a producer failed and is replaced');
    this.#metrics.producerReplaced();
  }

  async #sendParts(parts: readonly SendPart[]): Promise<void> {
    if (parts.length === 0) return;
    const messages = parts.flatMap((part) => part.messages);
    const startedAt = performance.now();
    this.#requestSince = startedAt;
    try {
      await this.#openSession().send(messages);
    } finally {
      this.#requestSince = undefined;
    }
    this.#blockedBy = undefined;
    this.#metrics.sent(messages, (performance.now() - startedAt) / 1_000);
    for (const part of parts) this.#queue.settle(part);
  }

  /** Rejects the parts that are for topics which do not exist, answers the others. */
  async #withoutMissingTopics(parts: readonly SendPart[]): Promise<readonly SendPart[]> {
    const topicsOf = (part: SendPart) => part.messages.map(({ topic }) => topic);
    const missing = await this.#openSession().missingTopics(new Set(parts.flatMap(topicsOf)));
    if (missing.size === 0) return parts;
    const lost = parts.filter((part) => topicsOf(part).some((topic) => missing.has(topic)));
    this.#reject(lost, 'PUBLISHER.UNKNOWN_TOPIC', `topics that do not exist: ${[...missing].join(', ')}`);
    return parts.filter((part) => !lost.includes(part));
  }

  /** The broker refused something in the request: only the call that holds it fails. */
  async #deliverSingly(parts: readonly SendPart[], error: unknown): Promise<void> {
    const [only, ...others] = parts;
    if (only && others.length === 0) {
      this.#blockedBy = undefined;
      this.#reject(parts, 'PUBLISHER.REFUSED', 'the broker refuses these records', error);
      return;
    }
    for (const part of parts) await this.#deliver([part]);
  }

  #slowRequest(): string | undefined {
    const elapsed = performance.now() - (this.#requestSince ?? Infinity);
    return elapsed > SLOW_REQUEST_MS ? `the broker has not answered for ${Math.round(elapsed / 1_000)} s` : undefined;
  }

  #reject(parts: readonly SendPart[], code: RejectionCode, message: string, cause?: unknown): void {
    this.#metrics.failed(code);
    const error = new PublishError(code, message, code !== 'PUBLISHER.REFUSED', { cause });
    for (const part of parts) this.#queue.settle(part, error);
  }

  #openSession(): ProducerSession {
    this.#session ??= new ProducerSession(this.#options);
    return this.#session;
  }

  async #endSession(withinMs: number): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.end(withinMs);
  }
}

function closedError(): PublishError {
  return new PublishError('PUBLISHER.CLOSED', 'the publisher is closed', true);
}
