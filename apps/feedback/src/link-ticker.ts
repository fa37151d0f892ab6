import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@index766/platform-observability';
import type { SettleLinks } from './application/settle-links';
import type { FeedbackMetrics } from './feedback-metrics';

const EVERY_MS = 2_000;

/** Tells of petitions what a crash or an outage left untold. */
export class LinkTicker {
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(
    private readonly settleLinks: Pick<SettleLinks, 'round'>,
    private readonly metrics: Pick<FeedbackMetrics, 'linksPending'>,
    private readonly log: Logger,
    private readonly everyMs: number = EVERY_MS,
  ) {}

  start(): void {
    this.loop ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        this.metrics.linksPending(await this.settleLinks.round());
      } catch (error) {
        // The next round comes soon; the database has a readiness probe of its own.
        this.log.warn({ err: error }, 'links of petitions could not be settled');
      }
      await pause(this.everyMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
