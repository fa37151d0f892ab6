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
  // Every record has several in the form of `formatInstant`; digit by digit is six times as fast as the expression.
  if (text.length === 24 && text[19] === '.' && text[23] === 'Z') return parseOwnForm(text);
  const match = INSTANT_TEXT.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, offset] = match as unknown as string[];
  const utc = utcMilliseconds(
    Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second),
    Number((fraction ?? '').padEnd(3, '0')),
  );
  return utc === undefined ? undefined : ((utc - offsetMilliseconds(offset ?? 'Z')) as Instant);
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

/** `2026-10-01T00:00:00.000Z` */
function parseOwnForm(text: string): Instant | undefined {
  const separated = text[4] === '-' && text[7] === '-' && text[10] === 'T' && text[13] === ':' && text[16] === ':';
  if (!separated) return undefined;
  return utcMilliseconds(
    digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10), digits(text, 11, 13), digits(text, 14, 16),
    digits(text, 17, 19), digits(text, 20, 23),
  ) as Instant | undefined;
}

/** The number that the digits of a part make; NaN, which no comparison accepts, if one is no digit. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function utcMilliseconds(
  year: number, month: number, day: number, hour: number, minute: number, second: number, millisecond: number,
): number | undefined {
  const exists =
    // `Date.UTC` takes years up to 99 for those of the 20th century.
    year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) &&
    hour <= 23 && minute <= 59 && second <= 59 && millisecond <= 999;
  return exists ? Date.UTC(year, month - 1, day, hour, minute, second, millisecond) : undefined;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
