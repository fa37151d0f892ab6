import { types } from 'node:util';

const MAX_MESSAGE_LENGTH = 1_000;
const MAX_CAUSES = 5;

export interface ErrorFields {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly retriable?: boolean;
  readonly stack?: string;
  readonly cause?: ErrorFields;
}

/**
 * What a log shows of an error. Only known fields: a driver hangs whole documents on its errors, and pino's own
 * serializer would copy them.
 */
export function errorFields(error: unknown, depth = 0): ErrorFields {
  if (!isError(error)) return { type: typeof error, message: 'something that is no Error was thrown' };
  const { code, retriable } = error as { readonly code?: unknown; readonly retriable?: unknown };
  return {
    type: error.name,
    message: error.message.slice(0, MAX_MESSAGE_LENGTH),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof retriable === 'boolean' ? { retriable } : {}),
    ...(error.stack === undefined ? {} : { stack: stackLines(error) }),
    ...(error.cause === undefined || depth >= MAX_CAUSES ? {} : { cause: errorFields(error.cause, depth + 1) }),
  };
}

/** Errors of another realm are no instances of this one's `Error`. */
function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || types.isNativeError(thrown);
}

/** The places only: the first lines of a stack repeat the message, however long it is. */
function stackLines(error: Error): string {
  return (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).join('\n');
}
