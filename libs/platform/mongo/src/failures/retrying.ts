import { isTransient } from './database-failure';
import { pause } from '../timing';

export interface RetryOptions {
  /** Attempts in all; default 5. */
  readonly attempts?: number;
  /** First pause, doubled each time with jitter; default 20 ms. */
  readonly firstPauseMs?: number;
  /** No further attempt begins after this time; default 5,000 ms. */
  readonly withinMs?: number;
  /** Called before each repetition. */
  readonly onRetry?: (error: unknown) => void;
}

/**
 * Runs an idempotent operation again after failures that a second attempt can mend at once (broken connection,
 * deadlock, fail-over). A server that cannot be reached is not waited for here: the driver has done so already.
 */
export async function retrying<T>(operation: () => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { attempts = 5, firstPauseMs = 20, withinMs = 5_000, onRetry } = options;
  const end = performance.now() + withinMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await operation();
    } catch (error) {
      if (!isTransient(error) || attempt >= attempts || performance.now() >= end) throw error;
      onRetry?.(error);
      await pause(jittered(firstPauseMs * 2 ** (attempt - 1)));
    }
  }
}

/** Between half and one and a half times: writers that collided do not collide again in step. */
function jittered(milliseconds: number): number {
  return milliseconds * (0.5 + Math.random());
}
