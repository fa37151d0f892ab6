import { isUtf8 } from 'node:buffer';
import { json, text, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { RefusalException } from '../problems/refusal.exception';
import { refusalOfBodyError } from './body-refusals';

export interface BodyLimits {
  /** Largest body of an endpoint that is not named below, in bytes. */
  readonly bytes: number;
  /** Endpoints that take more: path → bytes. */
  readonly byPath: Readonly<Record<string, number>>;
  /** Levels of nesting that a JSON body may have. */
  readonly depth: number;
}

/**
 * Reads bodies as JSON, or as CSV text, within limits. Anything else with a body is refused: an endpoint must not take
 * it for an empty one.
 */
export function readBodies(limits: BodyLimits): readonly RequestHandler[] {
  const parsers = new Map(
    [limits.bytes, ...Object.values(limits.byPath)].map((bytes) => [bytes, parsersFor(bytes)] as const),
  );
  const parse: RequestHandler = (request, response, next) => {
    const bytes = limits.byPath[request.path] ?? limits.bytes;
    const [readJson, readCsv] = parsers.get(bytes) ?? parsersFor(bytes);
    const refuseOr = (goOn: () => void) => (error?: unknown): void => {
      if (error) next(new RefusalException(refusalOfBodyError(error)));
      else goOn();
    };
    readJson(request, response, refuseOr(() => readCsv(request, response, refuseOr(next))));
  };
  return [refuseOtherTypes, parse, refuseDeepBodies(limits.depth)];
}

function parsersFor(bytes: number): readonly [RequestHandler, RequestHandler] {
  return [
    json({ limit: bytes, strict: true, type: isJson, verify: requireUtf8 }),
    text({ limit: bytes, type: 'text/csv', defaultCharset: 'utf-8', verify: requireUtf8 }),
  ];
}

/** The parsers would put U+FFFD for broken bytes, and a code with it would be another code. */
function requireUtf8(_request: unknown, _response: unknown, body: Buffer): void {
  if (!isUtf8(body)) throw new Error('the body is not UTF-8');
}

function refuseOtherTypes(request: Request, _response: Response, next: NextFunction): void {
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (!hasBody || isJson(request) || request.is('text/csv')) {
    next();
    return;
  }
  next(new RefusalException({
    code: 'REQUEST.UNSUPPORTED_MEDIA_TYPE',
    detail: 'send application/json, or text/csv where a file is imported',
    path: 'Content-Type',
  }));
}

function isJson(request: { readonly headers: { readonly 'content-type'?: string | undefined } }): boolean {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return type === 'application/json' || type?.endsWith('+json') === true;
}

/** What reads the body recursively must not run out of stack. */
function refuseDeepBodies(depth: number): RequestHandler {
  return (request, _response, next) => {
    if (exceedsDepth(request.body, depth)) {
      next(new RefusalException({ code: 'REQUEST.TOO_DEEP', detail: `the body nests more than ${depth} levels` }));
      return;
    }
    next();
  };
}

function exceedsDepth(value: unknown, depth: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (depth === 0) return true;
  return Object.values(value).some((part) => exceedsDepth(part, depth - 1));
}
