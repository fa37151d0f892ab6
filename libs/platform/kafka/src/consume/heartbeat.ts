/**
 * Keeps a member alive while a batch waits for the database: kafkajs sends no heartbeat by itself. What a heartbeat
 * throws (a rebalance, a lost session) is the signal to stop; `check` passes it on where the batch can end cleanly.
 */
export class Heartbeat {
  readonly #timer: NodeJS.Timeout;
  #failure: { readonly error: unknown } | undefined;
  #beating = false;

  constructor(
    private readonly beat: () => Promise<void>,
    intervalMs: number,
  ) {
    this.#timer = setInterval(() => void this.#tick(), intervalMs);
  }

  /** Throws what the last heartbeat threw. */
  check(): void {
    if (this.#failure) throw this.#failure.error;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #tick(): Promise<void> {
    if (this.#beating) return;
    this.#beating = true;
    try {
      await this.beat();
      this.#failure = undefined;
    } catch (error) {
      this.#failure = { error };
    } finally {
      this.#beating = false;
    }
  }
}
