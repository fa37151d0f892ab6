/** Resolves after a time, or at once when the signal aborts. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });
}

/** True when the work ended in time; false leaves it running. Rejects as the work does. */
export async function endsWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const limit = new AbortController();
  const timeout = pause(milliseconds, limit.signal).then(() => false);
  try {
    return await Promise.race([work.then(() => true), timeout]);
  } finally {
    limit.abort();
  }
}
