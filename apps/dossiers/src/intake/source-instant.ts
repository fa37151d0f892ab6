import {
  endOfDay, instantOf, isStartOfDay, localDayFrom, localDayOf, parseLocalDay, startOfDay, ZONE_OFFSET_MILLISECONDS,
  type CivilDate, type Instant, type LocalDay,
} from '@index766/kernel';

const COMPACT = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;
const SLASHED = /^(\d{2})\/(\d{2})\/(\d{4}) (\d{2}):(\d{2}):(\d{2})$/;
const SPACED = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?$/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;
const ISO_BASIC = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

const COMPACT_DAY = /^(\d{4})(\d{2})(\d{2})$/;
const SLASHED_DAY = /^(\d{2})\/(\d{2})\/(\d{4})$/;

/** Outside these years a date is a default of the source's software (0001, 1900) or a slip, never a dossier's. */
const FIRST_YEAR = 1990;
const LAST_YEAR = 2099;

const MILLISECONDS_PER_HOUR = 3_600_000;

/**
 * Reads an instant in one of the four forms of the national format: `yyyyMMddHHmmss`, `dd/MM/yyyy HH:mm:ss`,
 * `yyyy-MM-dd HH:mm:ss` (a database may add a fraction), ISO 8601, extended or basic. A bare day of ISO 8601 is 00:00 of
 * it. Local time (UTC+7) unless it carries an offset. Undefined for anything else, days and times that do not exist
 * included.
 */
export function parseSourceInstant(text: string): Instant | undefined {
  const compact = COMPACT.exec(text);
  if (compact) return instantFrom(compact[1], compact[2], compact[3], compact[4], compact[5], compact[6]);
  const iso = ISO.exec(text) ?? ISO_BASIC.exec(text);
  if (iso) return instantFrom(iso[1], iso[2], iso[3], iso[4], iso[5], iso[6] ?? '00', iso[7], iso[8]);
  const spaced = SPACED.exec(text);
  if (spaced) return instantFrom(spaced[1], spaced[2], spaced[3], spaced[4], spaced[5], spaced[6], spaced[7]);
  const slashed = SLASHED.exec(text);
  if (slashed) return instantFrom(slashed[3], slashed[2], slashed[1], slashed[4], slashed[5], slashed[6]);
  const day = parseIsoDay(text);
  return day === undefined ? undefined : startOfDay(day);
}

/**
 * Reads a due instant: an instant as above, or a bare day (`yyyy-MM-dd`, `dd/MM/yyyy`, `yyyyMMdd`). A bare day and
 * 00:00 mean 24:00 of that day (lifecycle.md §2).
 */
export function parseSourceDue(text: string): Instant | undefined {
  const day = parseSourceDay(text);
  if (day !== undefined) return endOfDay(day);
  const instant = parseSourceInstant(text);
  if (instant === undefined) return undefined;
  return isStartOfDay(instant) ? endOfDay(localDayOf(instant)) : instant;
}

function parseSourceDay(text: string): LocalDay | undefined {
  const slashed = SLASHED_DAY.exec(text);
  return slashed ? knownDay(slashed[3], slashed[2], slashed[1]) : parseIsoDay(text);
}

function parseIsoDay(text: string): LocalDay | undefined {
  const compact = COMPACT_DAY.exec(text);
  if (compact) return knownDay(compact[1], compact[2], compact[3]);
  const day = parseLocalDay(text);
  return day !== undefined && isPlausible(text.slice(0, 4)) ? day : undefined;
}

type Digits = string | undefined;

function instantFrom(
  year: Digits, month: Digits, day: Digits, hour: Digits, minute: Digits, second: Digits,
  fraction: Digits = '', offset?: string,
): Instant | undefined {
  const localDay = knownDay(year, month, day);
  if (localDay === undefined) return undefined;
  const time = timeOfDay(Number(hour), Number(minute), Number(second));
  const ahead = offset === undefined ? ZONE_OFFSET_MILLISECONDS : offsetMilliseconds(offset);
  if (time === undefined || ahead === undefined) return undefined;
  // Sources write up to nanoseconds; an instant has milliseconds, and what is cut off decides nothing.
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return instantOf(localDay * 24 * MILLISECONDS_PER_HOUR + time + milliseconds - ahead);
}

function knownDay(year: Digits, month: Digits, day: Digits): LocalDay | undefined {
  const date: CivilDate = { year: Number(year), month: Number(month), day: Number(day) };
  const exists = date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= daysInMonth(date);
  return exists && isPlausible(year) ? localDayFrom(date) : undefined;
}

function daysInMonth({ year, month }: CivilDate): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isPlausible(year: Digits): boolean {
  return Number(year) >= FIRST_YEAR && Number(year) <= LAST_YEAR;
}

function timeOfDay(hour: number, minute: number, second: number): number | undefined {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return hour * MILLISECONDS_PER_HOUR + (minute * 60 + second) * 1000;
}

function offsetMilliseconds(offset: string): number | undefined {
  if (offset === 'Z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', '') || '0');
  // No zone of the world is more than 14 hours away from UTC.
  if (hours > 14 || minutes > 59) return undefined;
  const ahead = hours * MILLISECONDS_PER_HOUR + minutes * 60_000;
  return offset.startsWith('-') ? -ahead : ahead;
}
