import { setTimeout as pause } from 'node:timers/promises';

/** Spaces work on one subject: the first comes at once, each further one not before `gapMs` after the last. */
export function spacedTurns(gapMs: number, monotonicMs: () => number = () => performance.now()): (subject: string) => Promise<void> {
  const lastAt = new Map<string, number>();
  return async (subject) => {
    const wait = (lastAt.get(subject) ?? Number.NEGATIVE_INFINITY) + gapMs - monotonicMs();
    if (wait > 0) await pause(wait);
    lastAt.set(subject, monotonicMs());
  };
}
