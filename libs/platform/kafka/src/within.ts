/** Thrown by `within`: the work goes on behind it, its result is not waited for any more. */
export class TimeLimitExceeded extends Error {
  override readonly name = 'TimeLimitExceeded';
}

/**
 * The result of `work`, or a `TimeLimitExceeded` after `milliseconds`, or the signal's reason when it is aborted first.
 * A late failure of the work is swallowed.
 */
export async function within<T>(milliseconds: number, what: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  let giveUp: (reason: Error) => void = () => undefined;
  const limit = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const timer = setTimeout(() => giveUp(new TimeLimitExceeded(`${what} took more than ${milliseconds} ms`)), milliseconds);
  const onAbort = () => giveUp(signal?.reason instanceof Error ? signal.reason : new Error(`${what} was given up`));
  signal?.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work(), limit]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
