import { HttpException } from '@nestjs/common';
import type { Refusal, RefusalCode } from '@index766/kernel';

const CODE = /^[A-Z][A-Z0-9_]*\.[A-Z][A-Z0-9_]*$/;

/** Errors of Express's body parsers by their `type`. */
const BODY_ERRORS: Readonly<Record<string, Refusal>> = {
  'entity.too.large': { code: 'REQUEST.TOO_LARGE', detail: 'the body is too large' },
  'entity.parse.failed': { code: 'REQUEST.NOT_JSON', detail: 'the body is no JSON text' },
  'entity.verify.failed': { code: 'REQUEST.NOT_JSON', detail: 'the body is no UTF-8 text' },
  'request.aborted': { code: 'REQUEST.ABORTED', detail: 'the request ended too early' },
  'request.size.invalid': { code: 'REQUEST.ABORTED', detail: 'the body is not as long as Content-Length says' },
  'encoding.unsupported': { code: 'REQUEST.UNSUPPORTED_MEDIA_TYPE', detail: 'the content encoding is not supported' },
  'charset.unsupported': { code: 'REQUEST.UNSUPPORTED_MEDIA_TYPE', detail: 'the character set is not supported: use UTF-8' },
};

/**
 * The refusal that an exception of Nest or Express stands for; undefined for anything that is a bug or I/O. Their own
 * messages are dropped: a JSON parser's repeats what was sent.
 */
export function refusalOfForeignError(error: unknown): Refusal | undefined {
  const ours = ownRefusalOf(error);
  if (ours) return ours;
  const body = bodyErrorOf(error);
  if (body) return body;
  if (!(error instanceof HttpException)) return undefined;
  switch (error.getStatus()) {
    case 404:
      return { code: 'ROUTE.NOT_FOUND', detail: 'there is no such endpoint' };
    case 413:
      return BODY_ERRORS['entity.too.large'];
    case 415:
      return { code: 'REQUEST.UNSUPPORTED_MEDIA_TYPE', detail: 'the content type is not supported' };
    default:
      return error.getStatus() < 500 ? { code: 'REQUEST.INVALID', detail: 'the request cannot be read' } : undefined;
  }
}

/** Libraries that know nothing of this one throw Nest's exceptions with `{ code, detail, path? }` as their body. */
function ownRefusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof HttpException)) return undefined;
  const body = error.getResponse();
  if (typeof body !== 'object' || !('code' in body) || !('detail' in body)) return undefined;
  const { code, detail } = body;
  if (typeof code !== 'string' || !CODE.test(code) || typeof detail !== 'string') return undefined;
  const path = 'path' in body && typeof body.path === 'string' ? body.path : undefined;
  return { code: code as RefusalCode, detail, ...(path === undefined ? {} : { path }) };
}

function bodyErrorOf(error: unknown): Refusal | undefined {
  // Nest turns the parser's SyntaxError into a BadRequestException and keeps it as the cause, or passes it on as it is.
  const original = error instanceof HttpException ? error.cause : error;
  if (!(original instanceof Error) || !('type' in original) || typeof original.type !== 'string') return undefined;
  return BODY_ERRORS[original.type];
}
