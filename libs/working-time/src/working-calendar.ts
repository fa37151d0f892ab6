import type { Instant, LocalDay } from '@index766/kernel';

import type { OfficeSpan } from './definition';

/** Why a day is what it is. */
export type DayStanding =
  | { readonly kind: 'term-day' }
  | { readonly kind: 'make-up-day'; readonly name: string }
  /** The desk is open, but the day does not count in day terms (a Saturday morning). */
  | { readonly kind: 'desk-only' }
  | { readonly kind: 'weekly-day-off' }
  | { readonly kind: 'holiday'; readonly name: string }
  | { readonly kind: 'unit-day-off'; readonly name: string; readonly unit: string };

export interface CalendarDay {
  readonly isTermDay: boolean;
  readonly officeHours: readonly OfficeSpan[];
  readonly officeMinutes: number;
  readonly standing: DayStanding;
}

/** A calendar as it holds for one unit. Every look-up takes constant time, whatever the distance between two instants. */
export interface WorkingCalendar {
  readonly id: string;
  readonly version: number;
  /** `vn@3`: what a due instant names as the calendar version that it was computed with. */
  readonly reference: string;
  /** True where the calendar's days off are known. */
  covers(day: LocalDay): boolean;
  dayOf(day: LocalDay): CalendarDay;
  isTermDay(day: LocalDay): boolean;
  officeMinutes(day: LocalDay): number;
  /** Office minutes of an ordinary term day of the week that `day` is in: turns late minutes into late days. */
  dailyMinutesOn(day: LocalDay): number;
  /** Office time in [from, to), in whole milliseconds; negative if `to` comes first. Exactly additive. */
  workingMillisecondsBetween(from: Instant, to: Instant): number;
  /** The same in minutes, with fractions. */
  workingMinutesBetween(from: Instant, to: Instant): number;
  /** The first instant at which `minutes` (≥ 0, fractions down to a millisecond) of office time have passed since `from`. */
  addWorkingMinutes(from: Instant, minutes: number): Instant;
  /** `from` itself if the office is open then, else the next opening. At closing time the office is closed. */
  nextOfficeInstant(from: Instant): Instant;
  /** How many term days are in (after, through]; 0 if `through` is not later. */
  termDaysIn(after: LocalDay, through: LocalDay): number;
  /** The `count`-th (≥ 1) term day after `day`. */
  termDayAfter(day: LocalDay, count: number): LocalDay;
  /** `day` itself if it is a term day, else the next one. */
  termDayFrom(day: LocalDay): LocalDay;
}

