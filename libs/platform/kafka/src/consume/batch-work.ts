import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { HEADER, headerText } from '@index766/contracts-envelope';
import type { Instant } from '@index766/kernel';
import { inTrace } from '@index766/platform-observability';
import { KafkaJSError, type EachBatchPayload, type KafkaMessage } from 'kafkajs';
import type { KafkaLogger } from '../client/kafka-logger';
import { TimeLimitExceeded, within } from '../within';
import type { BatchHandler } from './batch-handler';
import { ChunkWork, type ChunkReport } from './chunk-work';
import { backoff, type ConsumerLimits } from './consumer-limits';
import type { ConsumerMetrics } from './consumer-metrics';
import { toDeadLetter, type DeadLetterSender, type Poison } from '../dead-letters/dead-letter';
import { LaneBlocked, describeError, type FailureClassifier } from './failure';
import { FetchedBatch, nextChunk, type BatchPart } from './fetched-batch';
import { Heartbeat } from './heartbeat';
import type { PartitionWatermark } from './incoming-record';
import type { Lane } from './lane';
import type { FetchControl, LaneAssignment } from './lane-assignment';
import { inTraceOfRecords } from './record-traces';
import { placeRecords, toCommitMetadata, type Placed } from './watermarks';
import { WorkSlots } from './work-slots';

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

/**
 * What kafkajs calls for each batch: lane, chunks, dead letters, commit. Batches of one lane that a fetch brought are worked on and
 * committed together. Only kafkajs's own errors leave it.
 */
export class BatchWork {
  readonly #works: readonly { readonly handler: BatchHandler<unknown, unknown>; readonly work: ChunkWork<unknown, unknown> }[];
  readonly #slots: WorkSlots;

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
    this.#works = options.handlers.map((handler) => ({ handler, work: new ChunkWork(handler, chunkOptions) }));
    this.#slots = new WorkSlots(limits.concurrentLanes);
  }

  async run(payload: EachBatchPayload, control: FetchControl): Promise<void> {
    const lane = this.assignment.lane(payload.batch.partition);
    if (!lane) return;
    const heartbeat = new Heartbeat(() => payload.heartbeat(), this.options.limits.heartbeatIntervalMs);
    lane.fetched(new FetchedBatch(payload));
    try {
      await lane.exclusive(() => this.#runFetched(lane, heartbeat));
      heartbeat.check();
    } catch (error) {
      if (error instanceof LaneBlocked) this.assignment.block(lane, error, control);
      else throw toKafkajsError(error);
    } finally {
      heartbeat.stop();
    }
  }

  /** Everything that was fetched of the lane; nothing is left of it for the others that brought it. */
  async #runFetched(lane: Lane, heartbeat: Heartbeat): Promise<void> {
    // kafkajs gives all batches of a fetch in the same turn of the event loop.
    await turn();
    const batches = lane.takeFetched();
    if (batches.length > 0) await this.#slots.run(() => this.#runBatches(batches, lane, heartbeat));
  }

  async #runBatches(fetched: readonly FetchedBatch[], lane: Lane, heartbeat: Heartbeat): Promise<void> {
    const { limits: { recordsPerChunk }, group, logger } = this.options;
    let batches = fetched;
    let failure: LaneBlocked | undefined;
    const goesOn = (): boolean => {
      heartbeat.check();
      return lane.open && batches.every(({ payload }) => payload.isRunning() && !payload.isStale());
    };
    while (goesOn()) {
      const parts = nextChunk(batches, recordsPerChunk);
      if (parts.length === 0) break;
      const startedAt = performance.now();
      const done: DonePart[] = [];
      try {
        await inTraceOfRecords({ partition: lane.partition, parts }, { group, logger }, () => this.#runChunk(parts, lane, goesOn, done));
      } catch (error) {
        if (!(error instanceof LaneBlocked) || isHanging(error)) throw error;
        failure ??= error;
      } finally {
        if (done.length > 0) await this.#commit(done, lane, startedAt);
      }
      // What one handler cannot do at present keeps back no other one, however much of it waits: it is fetched again.
      batches = this.#withoutUndone(batches, parts, done);
      if (failure === undefined) this.assignment.progressed(lane);
    }
    if (failure !== undefined) throw failure;
  }

  /** Everything but the commit; `done` gets the parts of each handler that is through, whatever another one meets. */
  async #runChunk(parts: readonly BatchPart[], lane: Lane, goesOn: () => boolean, done: DonePart[]): Promise<void> {
    const failures: unknown[] = [];
    for (const { handler, work } of this.#works) {
      const ofHandler = parts.filter(({ topic }) => handler.topics.includes(topic));
      if (ofHandler.length === 0) continue;
      // Others took their time: the partition may be gone meanwhile.
      if (!goesOn()) break;
      try {
        done.push(...await this.#runParts(ofHandler, lane, handler, work));
      } catch (error) {
        failures.push(error);
        // What hangs for one hangs for all, and together they would outlast the session of the group.
        if (isHanging(error)) break;
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  /** Without what is left of handlers that did not get through their parts: later records never overtake earlier ones. */
  #withoutUndone(batches: readonly FetchedBatch[], parts: readonly BatchPart[], done: readonly DonePart[]): readonly FetchedBatch[] {
    const isDone = (topic: string): boolean => done.some((part) => part.topic === topic);
    const undone = this.#works.filter(({ handler }) => parts.some(({ topic }) => handler.topics.includes(topic) && !isDone(topic)));
    return batches.filter(({ topic }) => undone.every(({ handler }) => !handler.topics.includes(topic)));
  }

  async #runParts(
    parts: readonly BatchPart[], lane: Lane, handler: BatchHandler<unknown, unknown>, work: ChunkWork<unknown, unknown>,
  ): Promise<readonly DonePart[]> {
    const { partition } = lane;
    const others = handler.topics.filter((topic) => parts.every((part) => part.topic !== topic));
    const behind = lane.behindIn(others) + parts.reduce((sum, part) => sum + part.behind, 0);
    const placed = parts.map((part) => ({ part, records: placeRecords(part.messages.map(withHeaders), lane.watermarks.get(part.topic)) }));
    const records = placed.flatMap(({ part: { topic }, records: all }) =>
      all.flatMap((record) => (record.watermark === undefined ? [toIncoming(topic, partition, record)] : [])));
    const report = await work.run(records, { partition, behind, isOwed: behind === 0 && lane.owed.has(handler) });
    if (behind > 0) lane.owed.add(handler);
    else lane.owed.delete(handler);
    await this.#setAside(report.poisons);
    const done: DonePart[] = [];
    for (const { part, records: all } of placed) {
      const { topic } = part;
      const marks = all.filter(({ watermark }) => watermark !== undefined);
      const watermark = await this.#tellWatermark(handler, { topic, partition, behind }, marks.at(-1));
      done.push({ ...part, watermark: watermark ?? lane.watermarks.get(topic) });
      this.#count(topic, report, marks.length);
    }
    return done;
  }

  async #tellWatermark(
    handler: BatchHandler<unknown, unknown>, where: Omit<PartitionWatermark, 'offset' | 'recordedBefore'>, mark: Placed<Fetched> | undefined,
  ): Promise<Instant | undefined> {
    if (mark?.watermark === undefined) return undefined;
    const { raw: { offset }, watermark: recordedBefore } = mark;
    const tell = () => handler.onWatermark?.({ ...where, offset, recordedBefore }) ?? Promise.resolve();
    await asLaneBlocked('watermark', () => within(this.options.limits.askWithinMs, 'watermark', tell));
    return recordedBefore;
  }

  async #setAside(poisons: readonly Poison[]): Promise<void> {
    if (poisons.length === 0) return;
    const { group, deadLetters, metrics, logger, now } = this.options;
    await asLaneBlocked('dead letter', () => deadLetters.sendVerbatim(poisons.map((poison) => toDeadLetter(group, poison, now()))));
    for (const { record, cause, reason, detail } of poisons) {
      const { topic, partition, offset, headers } = record;
      metrics.deadLettered(topic, cause);
      const eventId = headerText(headers, HEADER.id);
      inTrace(headerText(headers, HEADER.traceparent), () => {
        logger.error({ group, topic, partition, offset, eventId, cause, reason, detail }, 'a record was set aside as a dead letter');
      });
    }
  }

  #count(topic: string, { ended, poisons }: ChunkReport, watermarks: number): void {
    const { metrics } = this.options;
    const { applied = 0, duplicates = 0, ignored = 0 } = ended.get(topic) ?? {};
    const causes = poisons.filter(({ record }) => record.topic === topic).map(({ cause }) => cause);
    const conflicts = causes.filter((cause) => cause === 'conflict').length;
    metrics.ended(topic, 'applied', applied);
    metrics.ended(topic, 'duplicate', duplicates);
    metrics.ended(topic, 'ignored', ignored);
    metrics.ended(topic, 'watermark', watermarks);
    metrics.ended(topic, 'conflict', conflicts);
    metrics.ended(topic, 'dead-lettered', causes.length - conflicts);
  }

  /** One request for all topics, whichever batch it is asked of. */
  async #commit(done: readonly DonePart[], lane: Lane, startedAt: number): Promise<void> {
    const { metrics, now } = this.options;
    const { partition } = lane;
    const topics = done.map(({ topic, last, watermark }) =>
      ({ topic, partitions: [{ partition, offset: String(BigInt(last) + 1n), metadata: toCommitMetadata(watermark) }] }));
    try {
      await done[0]?.payload.commitOffsetsIfNecessary({ topics });
    } catch (error) {
      metrics.commitFailed();
      throw error;
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    for (const { topic, payload, messages, last, behind, watermark } of done) {
      payload.resolveOffset(last);
      lane.committed(topic, behind);
      if (watermark !== undefined) {
        lane.watermarks.set(topic, watermark);
        metrics.watermark(topic, partition, watermark);
      }
      metrics.committed(topic, partition, behind, Number(lastOf(messages).timestamp), seconds, now());
    }
  }
}

/** A part of a chunk that may be committed, with the last watermark up to its end. */
interface DonePart extends BatchPart {
  readonly watermark: Instant | undefined;
}

/** A call that was given up after its time limit. */
function isHanging(error: unknown): boolean {
  return error instanceof LaneBlocked && error.cause instanceof TimeLimitExceeded;
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
