import type { Weekday } from '@index766/kernel';

/** Office hours of one stretch of a day, in minutes since local midnight, half-open: 450–690 is 07:30–11:30. */
export interface OfficeSpan {
  readonly from: number;
  readonly to: number;
}

/** Office hours of each ISO weekday (1 Monday … 7 Sunday); a weekday that is absent has none. */
export type WeeklyHours = { readonly [Day in Weekday]?: readonly OfficeSpan[] };

/** A dated entry that makes one day a day off. `day` is written `2026-09-02`. */
export interface DayOff {
  readonly day: string;
  readonly name: string;
}

/** A day that is worked although its place in the week says otherwise, with the hours of the weekday that it replaces. */
export interface MakeUpDay {
  readonly day: string;
  readonly name: string;
  /** Weekday whose hours, and whose standing as a term day, this day takes. */
  readonly hoursOf: Weekday;
  /** The day off that it makes up for, where the source names it. */
  readonly replaces?: string;
}

/** What one unit, and every unit below it, has otherwise. Of several for one day the nearest unit's wins. */
export interface UnitOverride {
  readonly unit: string;
  /** First and last local day on which the override holds, both inclusive; absent: no bound. */
  readonly validFrom?: string;
  readonly validTo?: string;
  /** Replaces the hours of the whole week. */
  readonly officeHours?: WeeklyHours;
  /** Weekdays that count in day terms besides the calendar's own. */
  readonly extraTermDays?: readonly Weekday[];
  readonly daysOff?: readonly DayOff[];
  readonly makeUpDays?: readonly MakeUpDay[];
}

/**
 * One version of a calendar as plain data (lifecycle.md §2). Days are texts, so that it travels as JSON unchanged.
 * Check what comes from outside by `checkCalendar` before it is used.
 */
export interface CalendarDefinition {
  readonly id: string;
  /** 1, 2, 3 …; a later version replaces the earlier one as a whole. */
  readonly version: number;
  /** Where the dated entries come from. */
  readonly source: string;
  /** First and last day whose days off are known; a due instant outside says so in its working. */
  readonly coversFrom: string;
  readonly coversTo: string;
  readonly officeHours: WeeklyHours;
  /** Weekdays that count in day terms: a desk may be open on others too. */
  readonly termDays: readonly Weekday[];
  readonly holidays: readonly DayOff[];
  readonly makeUpDays: readonly MakeUpDay[];
  readonly overrides: readonly UnitOverride[];
}
