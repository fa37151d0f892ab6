import type { Brand } from './brand';
import { MILLISECONDS_PER_DAY, MILLISECONDS_PER_MINUTE, type Instant } from './instant';

/**
 * A calendar day in Asia/Ho_Chi_Minh, as days since 1970-01-01 there. The zone has been UTC+7 without daylight saving
 * since 1975, so plain arithmetic is exact and the zone of the server never matters.
 */
export type LocalDay = Brand<number, 'LocalDay'>;

/** ISO weekday: 1 Monday … 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export interface CivilDate {
  readonly year: number;
  /** 1 … 12 */
  readonly month: number;
  /** 1 … 31 */
  readonly day: number;
}

export const ZONE = 'Asia/Ho_Chi_Minh';
export const ZONE_OFFSET_MILLISECONDS = 7 * 60 * MILLISECONDS_PER_MINUTE;

const DAY_TEXT = /^(\d{4})-(\d{2})-(\d{2})$/;

export function localDayOf(instant: Instant): LocalDay {
  return Math.floor((instant + ZONE_OFFSET_MILLISECONDS) / MILLISECONDS_PER_DAY) as LocalDay;
}

/** 00:00 of the day. */
export function startOfDay(day: LocalDay): Instant {
  return (day * MILLISECONDS_PER_DAY - ZONE_OFFSET_MILLISECONDS) as Instant;
}

/** 24:00 of the day, which is 00:00 of the next. */
export function endOfDay(day: LocalDay): Instant {
  return startOfDay(addDays(day, 1));
}

export function isStartOfDay(instant: Instant): boolean {
  return startOfDay(localDayOf(instant)) === instant;
}

/** Minutes since local midnight, with fractions. */
export function minuteOfDay(instant: Instant): number {
  return (instant - startOfDay(localDayOf(instant))) / MILLISECONDS_PER_MINUTE;
}

export function addDays(day: LocalDay, days: number): LocalDay {
  return (day + days) as LocalDay;
}

export function weekdayOf(day: LocalDay): Weekday {
  // 1970-01-01 was a Thursday.
  return ((((day + 3) % 7) + 7) % 7 + 1) as Weekday;
}

export function civilDateOf(day: LocalDay): CivilDate {
  const date = new Date(day * MILLISECONDS_PER_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

export function localDayFrom({ year, month, day }: CivilDate): LocalDay {
  return (Date.UTC(year, month - 1, day) / MILLISECONDS_PER_DAY) as LocalDay;
}

/** The same day `months` later, or that month's last day if it has no such day (31 January + 1 month = 28 February). */
export function addMonthsClamped(from: LocalDay, months: number): LocalDay {
  const { year, month, day } = civilDateOf(from);
  const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return (Date.UTC(year, month - 1 + months, Math.min(day, lastDay)) / MILLISECONDS_PER_DAY) as LocalDay;
}

export function parseLocalDay(text: string): LocalDay | undefined {
  const match = DAY_TEXT.exec(text);
  if (!match) return undefined;
  const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  const day = localDayFrom(date);
  return formatLocalDay(day) === text ? day : undefined;
}

/** `2026-10-31` */
export function formatLocalDay(day: LocalDay): string {
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}
