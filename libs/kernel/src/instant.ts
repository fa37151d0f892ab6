import type { Brand } from './brand';

/** A point in time: whole milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = Brand<number, 'Instant'>;

export const MILLISECONDS_PER_MINUTE = 60_000;
export const MILLISECONDS_PER_DAY = 86_400_000;

const INSTANT_TEXT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?(Z|[+-]\d{2}:\d{2})$/;

/** Takes milliseconds as an instant; throws on what is no whole number, for that is a bug and not an input error. */
export function instantOf(milliseconds: number): Instant {
  if (!Number.isSafeInteger(milliseconds)) throw new RangeError('an instant is a whole number of milliseconds');
  return milliseconds as Instant;
}

/**
 * Reads an RFC 3339 timestamp with an offset, at most millisecond precise. Undefined for anything else, days that do
 * not exist (30 February) included: `Date.parse` would roll them over.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = INSTANT_TEXT.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, offset] = match as unknown as string[];
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const valid =
    Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysInMonth &&
    Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 59;
  if (!valid) return undefined;
  const utc = Date.UTC(
    Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second),
    Number((fraction ?? '').padEnd(3, '0')),
  );
  return (utc - offsetMilliseconds(offset ?? 'Z')) as Instant;
}

/** The one text form of an instant: UTC with milliseconds, `2026-10-01T00:00:00.000Z`. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}

export function earliest(a: Instant, b: Instant): Instant {
  return a <= b ? a : b;
}

export function latest(a: Instant, b: Instant): Instant {
  return a >= b ? a : b;
}

function offsetMilliseconds(offset: string): number {
  if (offset === 'Z') return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return sign * minutes * MILLISECONDS_PER_MINUTE;
}
