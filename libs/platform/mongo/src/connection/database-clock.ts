import { instantOf, type Instant } from '@index766/kernel';

interface Sample {
  /** The server's clock, in the middle of the round trip. */
  readonly serverTime: number;
  /** The process's monotonic clock at the same moment. */
  readonly monotonicTime: number;
  /** Half of the round trip: how wrong the sample can be. */
  readonly error: number;
}

/** A quartz may run so much faster or slower than another; an old sample is trusted accordingly less. */
const DRIFT = 0.0005;

/**
 * The database's clock without asking each time: the last good sample plus the time that passed on the process's
 * monotonic clock. Steps of the machine's own clock do not matter, and members agree to within a round trip.
 */
export class DatabaseClock {
  #sample: Sample | undefined;
  #last = 0;

  constructor(
    private readonly askServer: () => Promise<number>,
    private readonly monotonic: () => number = () => performance.now(),
  ) {}

  /** Asks the server; keeps the answer if it is more exact than what is known. */
  async measure(): Promise<Instant> {
    const before = this.monotonic();
    const serverTime = await this.askServer();
    const after = this.monotonic();
    const sample = { serverTime, monotonicTime: (before + after) / 2, error: (after - before) / 2 };
    if (sample.error <= this.errorAt(after)) this.#sample = sample;
    return instantOf(serverTime);
  }

  /** Never runs backwards within a process. Throws before the first measurement. */
  now(): Instant {
    if (!this.#sample) throw new Error('the database clock was read before it was measured');
    const { serverTime, monotonicTime } = this.#sample;
    this.#last = Math.max(this.#last, Math.floor(serverTime + this.monotonic() - monotonicTime));
    return instantOf(this.#last);
  }

  private errorAt(time: number): number {
    return this.#sample ? this.#sample.error + (time - this.#sample.monotonicTime) * DRIFT : Number.POSITIVE_INFINITY;
  }
}
