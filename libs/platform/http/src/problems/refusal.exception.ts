import type { Refusal, Result } from '@index766/kernel';
import type { ProblemPart } from './problem';

/**
 * Carries a refusal out of a controller to the filter that answers with problem details. Only the HTTP edge throws it;
 * use cases return refusals.
 */
export class RefusalException extends Error {
  override readonly name = 'RefusalException';

  constructor(
    readonly refusal: Refusal,
    /** The parts of the request that are wrong, if there is more than one. */
    readonly parts?: readonly ProblemPart[],
  ) {
    super(refusal.code);
  }
}

/** The value of a result; a refusal becomes the answer of the request. */
export function orRefuse<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new RefusalException(result.error);
}
