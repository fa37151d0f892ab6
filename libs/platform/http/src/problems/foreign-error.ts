import { HttpException } from '@nestjs/common';
import type { Refusal, RefusalCode } from '@index766/kernel';

const CODE = /^[A-Z][A-Z0-9_]*\.[A-Z][A-Z0-9_]*$/;

/**
 * The refusal that an exception of Nest stands for; undefined for anything that is a bug or I/O. Its own
 * messages are dropped: some repeat what was sent.
 */
export function refusalOfForeignError(error: unknown): Refusal | undefined {
  const ours = ownRefusalOf(error);
  if (ours) return ours;
  if (!(error instanceof HttpException)) return undefined;
  switch (error.getStatus()) {
    case 404:
      return { code: 'ROUTE.NOT_FOUND', detail: 'there is no such endpoint' };
    case 413:
      return { code: 'REQUEST.TOO_LARGE', detail: 'the request is too large' };
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
