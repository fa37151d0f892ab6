import { defineErrorCodes } from './problems/error-codes';

/** Codes that every service answers with: the request as such, who asks, and the service's own state. */
export const PLATFORM_ERROR_CODES = defineErrorCodes({
  'REQUEST.INVALID': { status: 400, meaning: 'A part of the request is not as documented; `errors` names each part.' },
  'REQUEST.NOT_JSON': { status: 400, meaning: 'The body is no JSON text in UTF-8.' },
  'REQUEST.TOO_DEEP': { status: 400, meaning: 'The body nests more levels than any document that is accepted here.' },
  'REQUEST.TOO_LARGE': { status: 413, meaning: 'The body is larger than this endpoint takes; send it in parts.' },
  'REQUEST.UNSUPPORTED_MEDIA_TYPE': {
    status: 415,
    meaning: 'The content type, its character set or its encoding is none that this endpoint reads.',
  },
  'REQUEST.MISSING_IDEMPOTENCY_KEY': {
    status: 400,
    meaning: 'This command needs a header Idempotency-Key, so that it can be repeated safely.',
  },
  'REQUEST.ABORTED': { status: 400, meaning: 'The connection ended before the whole request had come.' },
  'REQUEST.MALFORMED': { status: 400, meaning: 'What came is no request of HTTP/1.1, or contradicts itself; the connection ends.' },
  'REQUEST.HEAD_TOO_LARGE': { status: 431, meaning: 'Address and headers of the request are longer than 16 KiB together.' },
  'REQUEST.TOO_SLOW': { status: 408, meaning: 'The request did not come to its end in time; the connection ends.' },
  'REQUEST.EXPECTATION_FAILED': { status: 417, meaning: 'The header Expect asks for something other than 100-continue.' },
  'RATE_LIMIT.EXCEEDED': {
    status: 429,
    meaning: 'This source, or this address without a token, sends more requests than it may; wait as long as Retry-After says.',
  },
  'RATE_LIMIT.TOO_MANY_IN_WORK': {
    status: 429,
    meaning: 'This caller has as many requests in work as it may; wait for answers before sending more.',
  },
  'ROUTE.METHOD_NOT_ALLOWED': { status: 405, meaning: 'The endpoint does not have this method; the header Allow lists those that it has.' },
  'ROUTE.NOT_FOUND': { status: 404, meaning: 'There is no such endpoint; /openapi.json lists them.' },
  'RECORDED_AT.NOT_ALLOWED': { status: 403, meaning: 'Only the role replay may state when something was recorded.' },
  'RECORDED_AT.IN_FUTURE': { status: 422, meaning: 'Nothing is recorded in the future.' },
  'PERIOD.UNKNOWN': { status: 400, meaning: 'The period is not written in one of the accepted forms.' },
  'IDEMPOTENCY.KEY_REUSED': { status: 422, meaning: 'The Idempotency-Key came with another request before; send a new one.' },
  'AGGREGATE.CONTENDED': { status: 503, meaning: 'Many writers change the same thing at once; nothing was changed, try again.' },
  'OUTBOX.FULL': { status: 503, meaning: 'Too many records wait for the broker; try again later.' },
  'AUTH.MISSING_TOKEN': { status: 401, meaning: 'The endpoint needs a bearer token.' },
  'AUTH.INVALID_TOKEN': { status: 401, meaning: 'The token is not accepted: signature, issuer, audience or claims are wrong.' },
  'AUTH.EXPIRED_TOKEN': { status: 401, meaning: 'The token has expired; get a new one.' },
  'AUTH.MISSING_ROLE': { status: 403, meaning: 'The token has none of the roles that the endpoint needs.' },
  'AUTH.UNIT_OUT_OF_SCOPE': { status: 403, meaning: 'The token does not cover the unit that the request is about.' },
  'AUTH.UNDECLARED_ROUTE': { status: 403, meaning: 'The endpoint declares no access and is refused to everybody: a bug of the service.' },
  'AUTH.KEYS_UNAVAILABLE': { status: 503, meaning: 'The identity provider cannot be asked for its keys now; try again.' },
  'SERVICE.DATABASE_AWAY': { status: 503, meaning: 'The database cannot be reached now; nothing was changed, try again.' },
  'SERVICE.BUSY': { status: 503, meaning: 'As many bodies are in work as fit into memory; nothing was changed, try again.' },
  'SERVICE.TIMEOUT': { status: 503, meaning: 'The answer took too long; whether it was done shows when it is sent again.' },
  'SERVICE.FAILED': { status: 500, meaning: 'A bug of the service; its log has the details.' },
});
