import type { Refusal } from '@index766/kernel';

/** Errors of Express's body parsers by their `type`. */
const REFUSALS: ReadonlyMap<unknown, Refusal> = new Map<unknown, Refusal>([
  ['entity.too.large', { code: 'REQUEST.TOO_LARGE', detail: 'the body is too large' }],
  ['entity.parse.failed', { code: 'REQUEST.NOT_JSON', detail: 'the body is no JSON text' }],
  ['entity.verify.failed', { code: 'REQUEST.NOT_JSON', detail: 'the body is no UTF-8 text' }],
  ['request.aborted', { code: 'REQUEST.ABORTED', detail: 'the request ended too early' }],
  ['request.size.invalid', { code: 'REQUEST.ABORTED', detail: 'the body is not as long as Content-Length says' }],
  ['encoding.unsupported', { code: 'REQUEST.UNSUPPORTED_MEDIA_TYPE', detail: 'the content encoding is not supported' }],
  ['charset.unsupported', { code: 'REQUEST.UNSUPPORTED_MEDIA_TYPE', detail: 'the character set is not supported: use UTF-8' }],
]);

/** The encoding says gzip and the bytes are none: zlib's error, without a `type` of the parser. */
const UNREADABLE: Refusal = { code: 'REQUEST.INVALID', detail: 'the body cannot be read' };

/** What an error of a body parser means. Its message is dropped: the JSON parser's repeats what was sent. */
export function refusalOfBodyError(error: unknown): Refusal {
  const type = error !== null && typeof error === 'object' && 'type' in error ? error.type : undefined;
  return REFUSALS.get(type) ?? UNREADABLE;
}
