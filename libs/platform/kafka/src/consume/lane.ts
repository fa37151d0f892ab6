import type { Instant } from '@index766/kernel';
import { backoff } from './consumer-limits';
import type { PausedLane } from './consumer-status';

/**
 * One partition number over all topics of a group, for one assignment. Its batches are worked on one after another, so
 * that facts of one key from several topics never meet.
 */
export class Lane {
  /** Last watermark that was committed, by topic. */
  readonly watermarks = new Map<string, Instant>();
  /** False until the handlers are prepared and after the partition was taken away. */
  open = false;
  #tail: Promise<unknown>;
  #blocked: PausedLane | undefined;

  /** @param before the end of what an earlier assignment of the same partition still has in work */
  constructor(
    readonly partition: number,
    before: Promise<unknown> = Promise.resolve(),
  ) {
    this.#tail = before;
  }

  get blocked(): PausedLane | undefined {
    return this.#blocked;
  }

  /** Runs `work` when everything given before has ended. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work);
    this.#tail = result.catch(() => undefined);
    return result;
  }

  /** Resolves when nothing is in work. */
  idle(): Promise<unknown> {
    return this.#tail;
  }

  /** Notes why the lane stands still; answers after how many milliseconds it is to be tried again. */
  block(reason: string, now: number, first: number, longest: number): number {
    const attempts = (this.#blocked?.attempts ?? 0) + 1;
    this.#blocked = { partition: this.partition, reason, since: this.#blocked?.since ?? now, attempts };
    return backoff(attempts, first, longest);
  }

  /** A chunk went through. */
  unblock(): void {
    this.#blocked = undefined;
  }
}
