import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ok, parseInstant, refused, type Instant, type Result } from '@index766/kernel';
import { hasRole, type Principal } from '@index766/platform-auth';
import type { Request } from 'express';
import { orRefuse } from '../problems/refusal.exception';
import { parseIdempotencyKey } from './idempotency-key';

export const RECORDED_AT_HEADER = 'X-Recorded-At';

/** Who gives a command, under which key, and when it was recorded if that is stated. */
export interface Circumstances {
  readonly principal: Principal;
  readonly idempotencyKey: string;
  readonly recordedAt?: Instant;
}

/** The circumstances of a command: `command(@GivenUnder() given: Circumstances)`. The guard let nobody through without a token. */
export const GivenUnder = createParamDecorator((_: unknown, context: ExecutionContext): Circumstances => {
  const request = context.switchToHttp().getRequest<Request & { readonly principal: Principal }>();
  const idempotencyKey = orRefuse(parseIdempotencyKey(request.get('Idempotency-Key')));
  const recordedAt = orRefuse(readRecordedAt(request.get(RECORDED_AT_HEADER), request.principal));
  return { principal: request.principal, idempotencyKey, ...(recordedAt === undefined ? {} : { recordedAt }) };
});

/** Only the role `replay` states when something was recorded (lifecycle.md §1). */
function readRecordedAt(header: string | undefined, principal: Principal): Result<Instant | undefined> {
  if (header === undefined) return ok(undefined);
  if (!hasRole(principal, 'replay')) {
    return refused('RECORDED_AT.NOT_ALLOWED', 'only the role replay states when something was recorded', RECORDED_AT_HEADER);
  }
  const instant = parseInstant(header);
  return instant === undefined
    ? refused('REQUEST.INVALID', 'an instant is written 2026-10-01T00:00:00.000Z, with an offset', RECORDED_AT_HEADER)
    : ok(instant);
}
