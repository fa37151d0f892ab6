import { setTimeout as pause } from 'node:timers/promises';
import { MILLISECONDS_PER_MINUTE, type Instant } from '@index766/kernel';
import type { Logger } from '@index766/platform-observability';

export interface MinuteTickerOptions {
  readonly tick: () => Promise<void>;
  readonly remeasure: () => Promise<void>;
  readonly now: () => Instant;
  /** Default a minute. */
  readonly everyMs?: number;
  readonly log: Logger;
}

const STOP_WITHIN_MS = 1_000;

/** Calls at the beginning of every minute, and measures anew after the reference changed. One call at a time. */
export class MinuteTicker {
  private timer: NodeJS.Timeout | undefined;
  private remeasuring = false;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly options: MinuteTickerOptions) {}

  start(): void {
    this.schedule();
  }

  /** Many changes in a row lead to one measuring. */
  remeasureSoon(): void {
    if (this.remeasuring) return;
    this.remeasuring = true;
    this.enqueue(() => {
      this.remeasuring = false;
      return this.options.remeasure();
    });
  }

  /** Work that waits for database or broker is not waited for: the next owner of the partitions writes all of it anew. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await Promise.race([this.running, pause(STOP_WITHIN_MS, undefined, { ref: false })]);
  }

  private schedule(): void {
    const { everyMs = MILLISECONDS_PER_MINUTE } = this.options;
    const untilNext = everyMs - (this.options.now() % everyMs);
    this.timer = setTimeout(() => {
      this.enqueue(this.options.tick);
      if (!this.stopped) this.schedule();
    }, untilNext + 1);
  }

  private enqueue(work: () => Promise<void>): void {
    if (this.stopped) return;
    this.running = this.running.then(work).catch((error: unknown) => {
      // What was not written stays noted and is written with the next batch or minute.
      this.options.log.warn({ err: error }, 'figures could not be brought up to date');
    });
  }
}
