import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@index766/platform-observability';
import type { Ticker } from './fact-service';

export interface RoundTickerOptions {
  readonly round: () => Promise<unknown>;
  /** Between two rounds. */
  readonly everyMs: number;
  /** Logged when a round rejects. */
  readonly failure: string;
  readonly log: Logger;
}

/** One round after the other, with a pause between; a stop waits for the round that is under way. */
export class RoundTicker implements Ticker {
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(private readonly options: RoundTickerOptions) {}

  start(): void {
    this.loop ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { round, everyMs, failure, log } = this.options;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await round();
      } catch (error) {
        // The next round comes soon; the database has a readiness probe of its own.
        log.warn({ err: error }, failure);
      }
      await pause(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
