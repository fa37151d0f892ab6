export interface RetryOptions {
  /** Attempts in all; default 5. */
  readonly attempts?: number;
  /** First pause, doubled each time with jitter; default 20 ms. */
  readonly firstPauseMs?: number;
}

/** Runs an idempotent operation again after failures that a second attempt can mend (network, deadlock, fail-over). */
export declare function retrying<T>(operation: () => Promise<T>, options?: RetryOptions): Promise<T>;
