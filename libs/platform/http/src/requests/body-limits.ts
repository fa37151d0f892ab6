import { isUtf8 } from 'node:buffer';
import type { Refusal } from '@index766/kernel';
import { json, text, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { callerOf, holdBody } from '../limits/limit-callers';
import type { LimitMetrics } from '../limits/limit-metrics';
import type { HeldBytes, WorkInHand } from '../limits/work-in-hand';
import { RefusalException } from '../problems/refusal.exception';
import { refusalOfBodyError } from './body-refusals';
import { goOnSending } from './expectations';
import { keepRawBody, type RawBodyPaths } from './raw-body';

export interface BodyLimits {
  /** Largest body of an endpoint that is not named below, in bytes. */
  readonly bytes: number;
  /** Endpoints that take more, of callers whose token was accepted: path → bytes. */
  readonly byPath: Readonly<Record<string, number>>;
  /** Endpoints whose bodies are kept as bytes too: `rawBodyOf`. */
  readonly rawPaths?: RawBodyPaths | undefined;
  /** Levels of nesting that a JSON body may have. */
  readonly depth: number;
}

const TOO_LARGE: Refusal = { code: 'REQUEST.TOO_LARGE', detail: 'the body is too large' };
const UNKNOWN_CALLER: Refusal = { code: 'AUTH.MISSING_TOKEN', detail: 'send a token: Authorization: Bearer <token>' };
const NO_ROOM: Refusal = { code: 'SERVICE.BUSY', detail: 'as many bodies are in work as fit into memory; send it again' };

/**
 * Reads bodies as JSON, or as CSV text, within limits. Anything else with a body is refused: an endpoint must not take
 * it for an empty one. What can be refused by its head is refused before the body is read.
 */
export function readBodies(limits: BodyLimits, work: WorkInHand, metrics: LimitMetrics): readonly RequestHandler[] {
  const held = new WeakMap<Request, HeldBytes>();
  const keepBody = (request: Request, body: Buffer): void => {
    held.get(request)?.becomes(body.length);
    if (limits.rawPaths?.test(request.path) === true) keepRawBody(request, body);
  };
  const parsers = new Map(
    [limits.bytes, ...Object.values(limits.byPath)].map((bytes) => [bytes, parsersFor(bytes, keepBody)] as const),
  );

  const parse: RequestHandler = (request, response, next) => {
    const largest = limits.byPath[request.path] ?? limits.bytes;
    const [readJson, readCsv] = parsers.get(largest) ?? parsersFor(largest, keepBody);
    const refuseOr = (goOn: () => void) => (error?: unknown): void => {
      if (error) next(new RefusalException(refusalOfBodyError(error)));
      else goOn();
    };
    if (!hasBody(request)) {
      next();
      return;
    }
    const refusal = refusalByHead(request, limits, largest);
    if (refusal !== undefined) {
      next(new RefusalException(refusal));
      return;
    }
    const room = holdBody(request, response, bytesToHold(request, largest), work);
    if (room === undefined) {
      metrics.limited.add({ limit: 'body-memory' });
      next(new RefusalException(NO_ROOM));
      return;
    }
    held.set(request, room);
    goOnSending(request, response);
    readJson(request, response, refuseOr(() => readCsv(request, response, refuseOr(next))));
  };
  return [refuseOtherTypes, parse, refuseDeepBodies(limits.depth)];
}

function refusalByHead(request: Request, limits: BodyLimits, largest: number): Refusal | undefined {
  if (largest > limits.bytes && callerOf(request)?.isKnown !== true) return UNKNOWN_CALLER;
  return Number(request.headers['content-length'] ?? 0) > largest ? TOO_LARGE : undefined;
}

/** What a body may become: its length where that is told, else the most that the endpoint takes. */
function bytesToHold(request: Request, largest: number): number {
  const length = request.headers['content-encoding'] === undefined ? request.headers['content-length'] : undefined;
  return length === undefined ? largest : Number(length);
}

function parsersFor(bytes: number, keepBody: (request: Request, body: Buffer) => void): readonly [RequestHandler, RequestHandler] {
  const verify = (request: unknown, _response: unknown, body: Buffer): void => {
    keepBody(request as Request, body);
    requireUtf8(body);
  };
  return [
    json({ limit: bytes, strict: true, type: isJson, verify }),
    text({ limit: bytes, type: 'text/csv', defaultCharset: 'utf-8', verify }),
  ];
}

/** The parsers would put U+FFFD for broken bytes, and a code with it would be another code. */
function requireUtf8(body: Buffer): void {
  if (!isUtf8(body)) throw new Error('the body is not UTF-8');
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function refuseOtherTypes(request: Request, _response: Response, next: NextFunction): void {
  if (!hasBody(request) || isJson(request) || request.is('text/csv')) {
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
