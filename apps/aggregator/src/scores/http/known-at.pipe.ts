import type { PipeTransform } from '@nestjs/common';
import { parseInstant, type Instant } from '@index766/kernel';
import { RefusalException } from '@index766/platform-http';

/** How a controller describes it to readers of its OpenAPI document. */
export const KNOWN_AT_QUERY = {
  name: 'knownAt', required: false, schema: { type: 'string', format: 'date-time' },
  description: 'Figures as they were known at this instant',
};

/** `?knownAt=2026-11-02T09:00:00+07:00`; null if nothing is said: everything that is known now. */
export class KnownAtPipe implements PipeTransform<unknown, Instant | null> {
  transform(value: unknown): Instant | null {
    if (value === undefined) return null;
    const instant = typeof value === 'string' ? parseInstant(value) : undefined;
    if (instant !== undefined) return instant;
    throw new RefusalException({ code: 'REQUEST.INVALID', detail: 'knownAt is an instant with its offset: 2026-11-02T09:00:00+07:00', path: 'knownAt' });
  }
}
