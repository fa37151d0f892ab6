/** Notices that a consumer has stopped silently: kafkajs can, with the process up and no event at all. */
export class StallWatch {
  #activeAt: number;
  #checkedAt: number;

  constructor(
    private readonly stallMs: number,
    now: number,
  ) {
    this.#activeAt = now;
    this.#checkedAt = now;
  }

  /** Milliseconds since 1970 of the last sign of life. */
  get activeAt(): number {
    return this.#activeAt;
  }

  touch(now: number): void {
    this.#activeAt = now;
  }

  /** Asked at short intervals. A gap between two questions means that this process was stopped: then it starts anew. */
  isStalled(now: number): boolean {
    const stopped = now - this.#checkedAt > this.stallMs / 2;
    this.#checkedAt = now;
    if (stopped) this.#activeAt = now;
    return now - this.#activeAt > this.stallMs;
  }
}
