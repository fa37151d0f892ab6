import { inspect } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';

export interface UntilOptions {
  /** Gives up after this time (default 45 s: a crowded machine takes many times as long as a quiet one). */
  readonly timeoutMs?: number;
  /** Pause between two looks (default 25 ms). */
  readonly everyMs?: number;
  /** What is waited for, for the message. */
  readonly what?: string;
}

/**
 * Asks `condition` until it gives something truthy, and resolves to that. A throw counts as "not yet".
 * Gives up with what it saw last, so that the failure says how far things came.
 */
export async function until<T>(condition: () => T | Promise<T>, options: UntilOptions = {}): Promise<Truthy<T>> {
  const { timeoutMs = 45_000, everyMs = 25, what = 'the condition' } = options;
  const end = Date.now() + timeoutMs;
  for (;;) {
    let seen: unknown;
    try {
      const value = await condition();
      if (value) return value as Truthy<T>;
      seen = value;
    } catch (error) {
      seen = error;
    }
    if (Date.now() > end) {
      throw new Error(`gave up waiting for ${what} after ${String(timeoutMs)} ms; last seen: ${inspect(seen, { depth: 4 })}`, { cause: seen });
    }
    await pause(everyMs);
  }
}

type Truthy<T> = Exclude<T, false | 0 | '' | null | undefined>;
