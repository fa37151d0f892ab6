import { setTimeout as delay } from 'node:timers/promises';
import { HEADER, headerText } from '@index766/contracts-envelope';
import { latest, type Instant } from '@index766/kernel';
import { inTrace } from '@index766/platform-observability';
import { KafkaJSError, type EachBatchPayload, type KafkaMessage } from 'kafkajs';
import type { KafkaLogger } from '../client/kafka-logger';
import { within } from '../within';
import type { BatchHandler } from './batch-handler';
import { ChunkWork, type ChunkReport } from './chunk-work';
import { backoff, type ConsumerLimits } from './consumer-limits';
import type { ConsumerMetrics } from './consumer-metrics';
import { toDeadLetter, type DeadLetterSender, type Poison } from '../dead-letters/dead-letter';
import { LaneBlocked, describeError, type FailureClassifier } from './failure';
import { Heartbeat } from './heartbeat';
import type { Lane } from './lane';
import type { FetchControl, LaneAssignment } from './lane-assignment';
import { inTraceOfRecords } from './record-traces';
import { placeRecords, toCommitMetadata, type Placed } from './watermarks';

export interface BatchWorkOptions {
  readonly group: string;
  readonly handlers: readonly BatchHandler<unknown, unknown>[];
  readonly deadLetters: DeadLetterSender;
  readonly classify: FailureClassifier | undefined;
  readonly limits: ConsumerLimits;
  readonly metrics: ConsumerMetrics;
  readonly logger: KafkaLogger;
  readonly now: () => number;
}

/** What kafkajs calls for each batch: lane, chunks, dead letters, commit. Only kafkajs's own errors leave it. */
export class BatchWork {
  readonly #byTopic: ReadonlyMap<string, { readonly handler: BatchHandler<unknown, unknown>; readonly work: ChunkWork<unknown, unknown> }>;

  constructor(
    private readonly options: BatchWorkOptions,
    private readonly assignment: LaneAssignment,
  ) {
    const { limits, classify } = options;
    const chunkOptions = {
      classify,
      triesPerBug: limits.triesPerBug,
      saveRounds: limits.saveRounds,
      askWithinMs: limits.askWithinMs,
      pauseBeforeTry: async (attempt: number, error: unknown) => {
        options.logger.warn({ err: error, group: options.group, attempt }, 'a handler failed on a chunk of records');
        await delay(backoff(attempt, limits.bugPauseMs, limits.laneRetryMaxMs));
      },
    };
    this.#byTopic = new Map(
      options.handlers.flatMap((handler) => {
        const work = new ChunkWork(handler, chunkOptions);
        return handler.topics.map((topic) => [topic, { handler, work }] as const);
      }),
    );
  }

  async run(payload: EachBatchPayload, control: FetchControl): Promise<void> {
    const lane = this.assignment.lane(payload.batch.partition);
    if (!lane) return;
    const heartbeat = new Heartbeat(() => payload.heartbeat(), this.options.limits.heartbeatIntervalMs);
    try {
      await lane.exclusive(() => this.#runBatch(payload, lane, heartbeat));
      heartbeat.check();
    } catch (error) {
      if (error instanceof LaneBlocked) this.assignment.block(lane, error, control);
      else throw toKafkajsError(error);
    } finally {
      heartbeat.stop();
    }
  }

  async #runBatch(payload: EachBatchPayload, lane: Lane, heartbeat: Heartbeat): Promise<void> {
    const { batch } = payload;
    const { recordsPerChunk } = this.options.limits;
    for (let from = 0; from < batch.messages.length; from += recordsPerChunk) {
      heartbeat.check();
      if (!payload.isRunning() || payload.isStale() || !lane.open) return;
      const messages = batch.messages.slice(from, from + recordsPerChunk);
      const startedAt = performance.now();
      // A batch may end in control records or in records that compaction took: the last chunk ends where the batch does.
      const last = from + recordsPerChunk >= batch.messages.length ? batch.lastOffset() : lastOf(messages).offset;
      const behind = Math.max(0, Number(BigInt(batch.highWatermark) - BigInt(last) - 1n));
      const chunk = { topic: batch.topic, partition: batch.partition, messages, behind };
      const { group, logger } = this.options;
      const watermark = await inTraceOfRecords(chunk, { group, logger }, () => this.#runChunk(chunk, lane.watermarks.get(batch.topic)));
      await this.#commit(payload, last, watermark);
      if (watermark !== undefined) {
        lane.watermarks.set(batch.topic, watermark);
        this.options.metrics.watermark(batch.topic, batch.partition, watermark);
      }
      this.assignment.progressed(lane);
      const now = this.options.now();
      this.options.metrics.committed(batch.topic, batch.partition, behind, Number(lastOf(messages).timestamp), (performance.now() - startedAt) / 1_000, now);
    }
  }

  /** Everything but the commit; answers the last watermark up to the end of the chunk. */
  async #runChunk({ topic, partition, messages, behind }: FetchedChunk, before: Instant | undefined): Promise<Instant | undefined> {
    const ofTopic = this.#byTopic.get(topic);
    if (!ofTopic) throw new LaneBlocked(`no handler reads ${topic}`);
    const { handler, work } = ofTopic;
    const placed = placeRecords(messages.map(withHeaders), before);
    const records = placed.filter(({ watermark }) => watermark === undefined).map((record) => toIncoming(topic, partition, record));
    const report = await work.run(records, behind);
    await this.#setAside(topic, report.poisons);
    const marks = placed.filter(({ watermark }) => watermark !== undefined);
    const mark = marks.at(-1);
    if (mark?.watermark === undefined) {
      this.#count(topic, report, 0);
      return before;
    }
    const { raw: { offset }, watermark: recordedBefore } = mark;
    const tellWatermark = () => handler.onWatermark?.({ topic, partition, offset, recordedBefore, behind }) ?? Promise.resolve();
    await asLaneBlocked('watermark', () => within(this.options.limits.askWithinMs, 'watermark', tellWatermark));
    this.#count(topic, report, marks.length);
    return before === undefined ? recordedBefore : latest(before, recordedBefore);
  }

  async #setAside(topic: string, poisons: readonly Poison[]): Promise<void> {
    if (poisons.length === 0) return;
    const { group, deadLetters, metrics, logger, now } = this.options;
    await asLaneBlocked('dead letter', () => deadLetters.sendVerbatim(poisons.map((poison) => toDeadLetter(group, poison, now()))));
    for (const { record, cause, reason, detail } of poisons) {
      metrics.deadLettered(topic, cause);
      const { partition, offset, headers } = record;
      const eventId = headerText(headers, HEADER.id);
      inTrace(headerText(headers, HEADER.traceparent), () => {
        logger.error({ group, topic, partition, offset, eventId, cause, reason, detail }, 'a record was set aside as a dead letter');
      });
    }
  }

  #count(topic: string, { applied, duplicates, ignored, poisons }: ChunkReport, watermarks: number): void {
    const { metrics } = this.options;
    const conflicts = poisons.filter(({ cause }) => cause === 'conflict').length;
    metrics.ended(topic, 'applied', applied);
    metrics.ended(topic, 'duplicate', duplicates);
    metrics.ended(topic, 'ignored', ignored);
    metrics.ended(topic, 'watermark', watermarks);
    metrics.ended(topic, 'conflict', conflicts);
    metrics.ended(topic, 'dead-lettered', poisons.length - conflicts);
  }

  async #commit(payload: EachBatchPayload, last: string, watermark: Instant | undefined): Promise<void> {
    const { batch } = payload;
    const position = { partition: batch.partition, offset: String(BigInt(last) + 1n), metadata: toCommitMetadata(watermark) };
    try {
      await payload.commitOffsetsIfNecessary({ topics: [{ topic: batch.topic, partitions: [position] }] });
    } catch (error) {
      this.options.metrics.commitFailed();
      throw error;
    }
    payload.resolveOffset(last);
  }
}

/** Records of one batch that are worked on together; `behind`: how many of the partition stand after them. */
interface FetchedChunk {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly KafkaMessage[];
  readonly behind: number;
}

type Fetched = Omit<KafkaMessage, 'headers'> & { readonly headers: NonNullable<KafkaMessage['headers']> };

function withHeaders(message: KafkaMessage): Fetched {
  return { ...message, headers: message.headers ?? {} };
}

function toIncoming(topic: string, partition: number, { raw: { offset, key, headers, value }, knownAfter }: Placed<Fetched>) {
  return { topic, partition, offset, key, headers, value, knownAfter };
}

function lastOf(messages: readonly KafkaMessage[]): KafkaMessage {
  const last = messages.at(-1);
  if (!last) throw new RangeError('a chunk has at least one record');
  return last;
}

/** A step that cannot be set aside with a record: whatever it throws, the lane waits and tries again. */
async function asLaneBlocked(step: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new LaneBlocked(`${step}: ${describeError(error)}`, { cause: error });
  }
}

/** An error of another kind would end kafkajs's consumer for good (TypeError) or be logged with the record's bytes. */
function toKafkajsError(error: unknown): KafkaJSError {
  if (error instanceof KafkaJSError) return error;
  return new KafkaJSError(error instanceof Error ? error : String(error), { retriable: true });
}
