import type { Request } from 'express';

/** Endpoints whose callers sign the bytes of their bodies. */
export type RawBodyPaths = RegExp;

const NO_BODY = Buffer.alloc(0);
const rawBodies = new WeakMap<object, Buffer>();

/** Keeps the bytes of a body for as long as its request is in work. */
export function keepRawBody(request: Request, body: Buffer): void {
  rawBodies.set(request, body);
}

/** The bytes of a body as they came; none where the application does not keep them for this path. */
export function rawBodyOf(request: Request): Buffer {
  return rawBodies.get(request) ?? NO_BODY;
}

