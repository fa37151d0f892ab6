import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ok, refused, type Result } from '@index766/kernel';
import type { Request } from 'express';
import { orRefuse } from '../problems/refusal.exception';

const KEY = /^[\x21-\x7e]{1,128}$/;

/** Reads the header `Idempotency-Key`, bare or quoted as a structured field. */
export function parseIdempotencyKey(header: string | undefined): Result<string> {
  if (header === undefined || header.trim() === '') {
    return refused('REQUEST.MISSING_IDEMPOTENCY_KEY', 'send a header Idempotency-Key with a new text for each command');
  }
  const key = header.trim().replace(/^"(.*)"$/, '$1');
  return KEY.test(key)
    ? ok(key)
    : refused('REQUEST.INVALID', 'an Idempotency-Key has 1 to 128 visible ASCII characters', 'Idempotency-Key');
}

/** The Idempotency-Key of a command: `command(@IdempotencyKey() key: string)`. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  orRefuse(parseIdempotencyKey(context.switchToHttp().getRequest<Request>().get('Idempotency-Key'))),
);

/** Tells two requests under one key apart: the same hash for the same JSON, however its fields are ordered. */
export function requestHash(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts, sortedFields)).digest('hex');
}

function sortedFields(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
