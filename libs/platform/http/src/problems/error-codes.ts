import type { RefusalCode } from '@index766/kernel';

/** What a caller is told by a code, wherever it comes up. */
export interface ErrorCode {
  /** HTTP status: 4xx for what the caller can mend, 503 for what passes. */
  readonly status: 400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 415 | 417 | 422 | 429 | 431 | 500 | 503;
  /** One sentence: what it means and what to do. It stands in docs/errors.md and as the title of the answer. */
  readonly meaning: string;
}

export type ErrorCodes = Readonly<Record<RefusalCode, ErrorCode>>;

/**
 * The codes that a library or service refuses with, in its file `error-codes.ts`; docs/errors.md is made of all of them.
 */
export function defineErrorCodes<const Codes extends ErrorCodes>(codes: Codes): Codes {
  return codes;
}
