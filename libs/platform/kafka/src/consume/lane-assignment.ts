import { setTimeout as delay } from 'node:timers/promises';
import type { Instant } from '@index766/kernel';
import { inTrace } from '@index766/platform-observability';
import type { KafkaLogger } from '../client/kafka-logger';
import { within } from '../within';
import type { BatchHandler } from './batch-handler';
import { backoff, type ConsumerLimits } from './consumer-limits';
import type { ConsumerMetrics } from './consumer-metrics';
import type { PausedLane } from './consumer-status';
import { describeError, type LaneBlocked } from './failure';
import { Lane } from './lane';

/** Last committed watermarks: partition → topic → instant. */
export type CommittedWatermarks = ReadonlyMap<number, ReadonlyMap<string, Instant>>;

/** What an assignment can ask of the consumer it belongs to. */
export interface FetchControl {
  pause(partitions: readonly number[]): void;
  resume(partitions: readonly number[]): void;
  committedWatermarks(): Promise<CommittedWatermarks>;
}

export interface LaneAssignmentOptions {
  readonly handlers: readonly BatchHandler<unknown, unknown>[];
  readonly limits: ConsumerLimits;
  readonly metrics: ConsumerMetrics;
  readonly logger: KafkaLogger;
  readonly now: () => number;
}

/**
 * The lanes that a member owns at present. Handlers see revoked and assigned strictly one after the other, each when
 * nothing of the earlier assignment is in work any more; fetching starts when they are prepared.
 */
export class LaneAssignment {
  #lanes = new Map<number, Lane>();
  #ended = new AbortController();
  #preparing: string | undefined;
  #turn: Promise<void> = Promise.resolve();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(private readonly options: LaneAssignmentOptions) {}

  get partitions(): readonly number[] {
    return [...this.#lanes.keys()].sort((a, b) => a - b);
  }

  /** Why the owned partitions are not worked on yet. */
  get preparing(): string | undefined {
    return this.#preparing;
  }

  get blocked(): readonly PausedLane[] {
    return [...this.#lanes.values()].flatMap(({ blocked }) => (blocked ? [blocked] : []));
  }

  /** The lane if its records may be worked on now. */
  lane(partition: number): Lane | undefined {
    const lane = this.#lanes.get(partition);
    return lane?.open === true ? lane : undefined;
  }

  /** A new assignment, all of it: even a partition that was owned before may have had another owner in between. */
  assign(partitions: readonly number[], control: FetchControl): void {
    this.revoke();
    const ended = this.#ended.signal;
    const lanes = new Map(partitions.map((partition) => [partition, new Lane(partition)]));
    this.#lanes = lanes;
    this.options.metrics.assigned(lanes.size);
    if (lanes.size === 0) {
      this.#turn = this.#turn.then(() => this.#tellOfNone());
      return;
    }
    this.#preparing = 'the assigned partitions are being prepared';
    control.pause(partitions);
    this.#turn = this.#turn.then(() => this.#prepare(ended, lanes, control));
  }

  /** Nothing is owned any more. Batches in work end at their next look at the lane. */
  revoke(): void {
    const lanes = [...this.#lanes.values()];
    const partitions = this.partitions;
    this.#ended.abort();
    this.#ended = new AbortController();
    this.#lanes = new Map();
    this.#preparing = undefined;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    for (const lane of lanes) lane.open = false;
    this.options.metrics.revoked();
    this.options.metrics.blockedLanes(0);
    if (lanes.length === 0) return;
    this.#turn = this.#turn.then(async () => {
      await Promise.all(lanes.map((lane) => lane.idle()));
      for (const handler of this.options.handlers) this.#tellRevoked(handler, partitions);
    });
  }

  /** Resolves when handlers know all that was revoked and nothing is in work. */
  settled(): Promise<void> {
    return this.#turn;
  }

  /** Stops fetching for the lane and tries it again later. */
  block(lane: Lane, reason: LaneBlocked, control: FetchControl): void {
    if (this.#lanes.get(lane.partition) !== lane) return;
    const { laneRetryMs, laneRetryMaxMs } = this.options.limits;
    const wait = lane.block(reason.message, this.options.now(), laneRetryMs, laneRetryMaxMs);
    this.options.metrics.blockedLanes(this.blocked.length);
    if (lane.blocked?.attempts === 1) {
      const tell = () => this.options.logger.warn({ partition: lane.partition, reason: reason.message }, 'a lane is blocked and will be tried again');
      if (reason.traceparent === undefined) tell();
      else inTrace(reason.traceparent, tell);
    }
    lane.open = false;
    control.pause([lane.partition]);
    this.#after(wait, () => {
      if (this.#lanes.get(lane.partition) !== lane) return;
      lane.open = true;
      control.resume([lane.partition]);
    });
  }

  /** A chunk of the lane went through. */
  progressed(lane: Lane): void {
    if (!lane.blocked) return;
    const { attempts, since } = lane.blocked;
    lane.unblock();
    this.options.metrics.blockedLanes(this.blocked.length);
    this.options.logger.info({ partition: lane.partition, attempts, blockedMs: this.options.now() - since }, 'a blocked lane goes on');
  }

  async #prepare(ended: AbortSignal, lanes: ReadonlyMap<number, Lane>, control: FetchControl): Promise<void> {
    const partitions = [...lanes.keys()].sort((a, b) => a - b);
    const { limits: { laneRetryMs, laneRetryMaxMs, askWithinMs }, logger, now } = this.options;
    const startedAt = now();
    for (let attempt = 1; !ended.aborted; attempt += 1) {
      try {
        const watermarks = await within(askWithinMs, 'committed watermarks', () => control.committedWatermarks());
        // Not bounded: what a handler reads of its partitions grows with them.
        for (const handler of this.options.handlers) await handler.onAssigned?.(partitions);
        if (this.#open(ended, lanes, watermarks, control)) logger.info({ partitions, preparedMs: now() - startedAt }, 'the assigned partitions are prepared');
        return;
      } catch (error) {
        if (this.#ended.signal === ended) this.#preparing = `the assigned partitions cannot be prepared: ${describeError(error)}`;
        logger.warn({ err: error, partitions, attempt }, 'preparing the assigned partitions failed');
        await delay(backoff(attempt, laneRetryMs, laneRetryMaxMs), undefined, { signal: ended }).catch(() => undefined);
      }
    }
  }

  /** Whether the lanes are still owned: else nothing is opened. */
  #open(ended: AbortSignal, lanes: ReadonlyMap<number, Lane>, watermarks: CommittedWatermarks, control: FetchControl): boolean {
    if (ended.aborted) return false;
    this.#preparing = undefined;
    for (const lane of lanes.values()) {
      for (const [topic, watermark] of watermarks.get(lane.partition) ?? []) {
        lane.watermarks.set(topic, watermark);
        this.options.metrics.watermark(topic, lane.partition, watermark);
      }
      lane.open = true;
    }
    control.resume([...lanes.keys()]);
    return true;
  }

  /** What handlers kept for partitions that might have come back is of no use any more. */
  async #tellOfNone(): Promise<void> {
    for (const handler of this.options.handlers) {
      try {
        await handler.onAssigned?.([]);
      } catch (error) {
        this.options.logger.error({ err: error }, 'a handler failed on an assignment without partitions');
      }
    }
  }

  #tellRevoked(handler: BatchHandler<unknown, unknown>, partitions: readonly number[]): void {
    try {
      handler.onRevoked?.(partitions);
    } catch (error) {
      this.options.logger.error({ err: error, partitions }, 'a handler failed on revoked partitions');
    }
  }

  #after(milliseconds: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, milliseconds);
    this.#timers.add(timer);
  }
}
