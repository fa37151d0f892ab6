import { earliest, instantOf, type Instant } from '@index766/kernel';
import type { Logger } from '@index766/platform-observability';
import type { MongoDatabase } from '../connection/mongo-database';
import { isDatabaseAway } from '../failures/database-failure';
import { endsWithin, pause } from '../timing';
import type { SlotBacklog } from './outbox';
import type { Relay } from './relay';

const DEFAULT_GRACE_MS = 30_000;
const DEFAULT_INTERVAL_MS = 60_000;
const STOP_WITHIN_MS = 500;

/** "All that I recorded before this instant stands before this record" in the partition with the slot's number. */
export interface SlotWatermark {
  readonly slot: number;
  readonly recordedBefore: Instant;
}

/** Sends one watermark to partition `slot` of each of the producer's topics. */
export interface WatermarkSender {
  sendWatermarks(watermarks: readonly SlotWatermark[]): Promise<void>;
}

export interface WatermarkTickerOptions {
  readonly relay: Pick<Relay, 'leasedSlots' | 'backlog'>;
  readonly sender: WatermarkSender;
  /** Longer than the longest write takes, from its decision to its acknowledgement; default 30,000. */
  readonly graceMs?: number;
  /** Default 60,000. */
  readonly everyMs?: number;
  /** After the watermarks of a tick are in the topics: what these slots sent before is there, and in their documents. */
  readonly afterTick?: (slots: readonly number[]) => Promise<void>;
  readonly log?: Logger;
}

/**
 * States once a minute, for each slot that this member leases, up to when its records are complete. A late statement
 * (a paused process, an ended lease) is still true: it speaks of what had been sent when it was made.
 */
export class WatermarkTicker {
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(
    private readonly database: Pick<MongoDatabase, 'serverNow'>,
    private readonly options: WatermarkTickerOptions,
  ) {}

  start(): void {
    this.#loop ??= this.run();
  }

  /** A tick that hangs at the broker is not waited for: watermarks that are not sent cost nothing but a minute. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#loop) await endsWithin(this.#loop, STOP_WITHIN_MS);
  }

  /** Sends one watermark for each leased slot now. */
  async tick(): Promise<readonly SlotWatermark[]> {
    const slots = this.options.relay.leasedSlots();
    if (slots.length === 0) return [];
    // The clock first: what is saved after the question for the backlog was decided after this instant, less the grace.
    const now = await this.database.serverNow();
    const backlog = await this.options.relay.backlog(slots);
    const watermarks = watermarksOf(slots, backlog, now, this.options.graceMs ?? DEFAULT_GRACE_MS);
    await this.options.sender.sendWatermarks(watermarks);
    await this.options.afterTick?.(slots);
    return watermarks;
  }

  private async run(): Promise<void> {
    const { signal } = this.#stopping;
    const { everyMs = DEFAULT_INTERVAL_MS, log } = this.options;
    for (;;) {
      await pause(everyMs, signal);
      if (signal.aborted) return;
      try {
        await this.tick();
      } catch (error) {
        // The next tick states more than this one would have.
        if (isDatabaseAway(error)) log?.warn({ err: error }, 'no watermarks: the database is away');
        else log?.warn({ err: error }, 'no watermarks: they could not be sent');
      }
    }
  }
}

/**
 * X of each slot: the grace before now, or before the oldest waiting entry was saved. The grace counts for both: a fact
 * is recorded before it is saved.
 */
export function watermarksOf(
  slots: readonly number[],
  backlog: readonly SlotBacklog[],
  now: Instant,
  graceMs: number,
): readonly SlotWatermark[] {
  return slots.map((slot) => {
    const complete = backlog
      .filter((waiting) => waiting.slot === slot)
      .reduce((until, { oldestAt }) => earliest(until, instantOf(oldestAt.getTime())), now);
    return { slot, recordedBefore: instantOf(complete - graceMs) };
  });
}
