import { setTimeout as pause } from 'node:timers/promises';

/** Work on a subject takes at most one part in so many of the time: the pause after it is that much longer than it was. */
const SHARE_OF_TIME = 4;
/** What came in between is done together; less would be more work for nobody's eyes. */
const LEAST_GAP_MS = 50;

/** Runs work on one subject when its turn has come. Calls for one subject do not overlap. */
export type Turns = (subject: string, work: () => Promise<void>) => Promise<void>;

/**
 * Spaces work on one subject: the first comes at once, a further one when the last has ended for three times as long as
 * it took, at least 50 ms and at most `longestGapMs`. Cheap work is done often, and dear work leaves the machine to others.
 */
export function spacedTurns(longestGapMs: number, monotonicMs: () => number = () => performance.now()): Turns {
  const nextAt = new Map<string, number>();
  return async (subject, work) => {
    const wait = (nextAt.get(subject) ?? Number.NEGATIVE_INFINITY) - monotonicMs();
    if (wait > 0) await pause(wait);
    const startedAt = monotonicMs();
    try {
      await work();
    } finally {
      const endedAt = monotonicMs();
      nextAt.set(subject, endedAt + gapAfter(endedAt - startedAt, longestGapMs));
    }
  };
}

/** Milliseconds to wait after work that took so many. */
export function gapAfter(tookMs: number, longestGapMs: number): number {
  return Math.min(longestGapMs, Math.max(LEAST_GAP_MS, (SHARE_OF_TIME - 1) * tookMs));
}
