import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@index766/platform-observability';
import type { Payments } from './application/ports';
import type { PaymentMetrics } from './payment-metrics';

const EVERY_MS = 10_000;

/** Counts the parked events of all dossiers now and then, for the gauge. */
export class ParkedCountTicker {
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(
    private readonly payments: Pick<Payments, 'countParked'>,
    private readonly metrics: Pick<PaymentMetrics, 'parkedCounted'>,
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
        this.metrics.parkedCounted(await this.payments.countParked());
      } catch (error) {
        // The next count comes soon; the database has a readiness probe of its own.
        this.log.warn({ err: error }, 'parked events could not be counted');
      }
      await pause(this.everyMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
