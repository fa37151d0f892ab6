import type { Instant } from '@index766/kernel';
import { backoff } from './consumer-limits';
import type { PausedLane } from './consumer-status';
import type { FetchedBatch } from './fetched-batch';

/**
 * One partition number over all topics of a group, for one assignment. Its batches are worked on one after another, those
 * of one fetch together, so that facts of one key from several topics never meet.
 */
export class Lane {
  /** Last watermark that was committed, by topic. */
  readonly watermarks = new Map<string, Instant>();
  /** False until the handlers are prepared and after the partition was taken away. */
  open = false;
  /** Handlers that were told of records behind the last batch, and not yet that there are none. */
  readonly owed = new Set<object>();
  /** Records that are not committed, by topic. */
  readonly #behind = new Map<string, number>();
  readonly #fetched = new Map<string, FetchedBatch>();
  #tail: Promise<unknown> = Promise.resolve();
  #blocked: PausedLane | undefined;

  constructor(readonly partition: number) {}

  get blocked(): PausedLane | undefined {
    return this.#blocked;
  }

  /** A fetch brought this; it waits for its turn. */
  fetched(batch: FetchedBatch): void {
    this.#fetched.set(batch.topic, batch);
    this.#behind.set(batch.topic, batch.behind);
  }

  /** Everything that waits: whoever takes it works on all of it. */
  takeFetched(): readonly FetchedBatch[] {
    const taken = [...this.#fetched.values()];
    this.#fetched.clear();
    return taken;
  }

  /** So many records of a topic stand behind what is committed. */
  committed(topic: string, behind: number): void {
    this.#behind.set(topic, behind);
  }

  /** Records of these topics that are not committed, as far as the last fetch of each told. */
  behindIn(topics: readonly string[]): number {
    return topics.reduce((sum, topic) => sum + (this.#behind.get(topic) ?? 0), 0);
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
