import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@index766/platform-observability';
import type { ReviewDueDates } from './application/review-due-dates';
import type { DossierMetrics } from './dossier-metrics';

const EVERY_MS = 1_000;
const STOP_WITHIN_MS = 1_000;

/** Looks once a second whether reference records changed that due dates follow. */
export class DueReviewTicker {
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(
    private readonly review: Pick<ReviewDueDates, 'execute'>,
    private readonly metrics: DossierMetrics,
    private readonly log: Logger,
    private readonly everyMs: number = EVERY_MS,
  ) {}

  start(): void {
    this.loop ??= this.run();
  }

  /** A page that waits for the database is not waited for: the next member takes the review over where it is. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.race([this.loop, pause(STOP_WITHIN_MS)]);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        const moved = await this.review.execute(signal);
        this.metrics.dueDatesMoved(moved);
        if (moved > 0) this.log.info({ moved }, 'due dates of open dossiers were set anew');
      } catch (error) {
        // The review remembers how far it came; the next look goes on from there.
        this.log.warn({ err: error }, 'the review of due dates was broken off');
      }
      await pause(this.everyMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
