import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { parseInstant, type Instant } from '@index766/kernel';
import { RefusalException } from '@index766/platform-http';
import type { Request } from 'express';

export const RECORDED_AT_HEADER = 'X-Recorded-At';

/** When a caller with the role `replay` says that the request was recorded; undefined: now. */
export const RecordedAt = createParamDecorator((_: unknown, context: ExecutionContext): Instant | undefined => {
  const text = context.switchToHttp().getRequest<Request>().get(RECORDED_AT_HEADER);
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant === undefined) {
    throw new RefusalException({
      code: 'REQUEST.INVALID', detail: 'an instant is written 2026-10-01T00:00:00.000Z, with an offset', path: RECORDED_AT_HEADER,
    });
  }
  return instant;
});
