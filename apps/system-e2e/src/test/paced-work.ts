/**
 * Work that is let go a part at a time: `lanes` work through what was released, in order, and wait for more. The first
 * failure ends all lanes.
 */
export class PacedWork<Item> {
  private released = 0;
  private taken = 0;
  private done = 0;
  private failure: Error | undefined;
  private readonly wake: (() => void)[] = [];
  private readonly lanes: Promise<unknown>;

  constructor(private readonly items: readonly Item[], lanes: number, private readonly work: (item: Item) => Promise<void>) {
    this.lanes = Promise.all(Array.from({ length: lanes }, () => this.lane()));
    this.lanes.catch(() => undefined); // seen by whoever waits for `finished`
  }

  /** Lets so many items more go. */
  release(count: number): void {
    this.released = Math.min(this.items.length, this.released + count);
    this.wakeAll();
  }

  /** Lets everything go; resolves when all of it is done, rejects with the first failure. */
  async finished(): Promise<void> {
    this.release(this.items.length);
    await this.lanes;
  }

  /** Lets nothing more go. */
  abandon(reason: Error): void {
    this.failure ??= reason;
    this.wakeAll();
  }

  /** Items that were let go and are not done. */
  underway(): number {
    return this.released - this.done;
  }

  /** Items that are done. */
  doneSoFar(): number {
    return this.done;
  }

  /** Resolves as soon as so many items are done; rejects with the first failure. */
  async doneAtLeast(count: number): Promise<void> {
    while (this.done < count) {
      if (this.failure !== undefined) throw this.failure;
      await new Promise<void>((resolve) => this.wake.push(resolve));
    }
  }

  /** What made the lanes end, or undefined. */
  failed(): Error | undefined {
    return this.failure;
  }

  private async lane(): Promise<void> {
    while (this.taken < this.items.length) {
      if (this.failure !== undefined) throw this.failure;
      if (this.taken === this.released) {
        await new Promise<void>((resolve) => this.wake.push(resolve));
        continue;
      }
      const item = this.items[this.taken];
      this.taken += 1;
      if (item === undefined) continue;
      await this.work(item).catch((error: unknown) => {
        this.abandon(error instanceof Error ? error : new Error(String(error)));
        throw error;
      });
      this.done += 1;
      this.wakeAll();
    }
  }

  private wakeAll(): void {
    for (const wake of this.wake.splice(0)) wake();
  }
}
