import {
  MILLISECONDS_PER_MINUTE, addDays, instantOf, localDayOf, parseLocalDay, startOfDay, type Instant,
  type LocalDay, type UnitCode,
} from '@index766/kernel';

import type { CalendarDefinition, UnitOverride } from './definition';
import { openDayTable, type DayTable } from './day-table';
import { dayRulesOf } from './week';
import type { WorkingCalendar } from './working-calendar';

/** What was opened of one definition: it lives as long as the definition does. */
interface Opened {
  readonly overridesOf: ReadonlyMap<string, readonly UnitOverride[]>;
  readonly calendars: Map<string, WorkingCalendar>;
}

const openedOf = new WeakMap<CalendarDefinition, Opened>();

/**
 * The calendar as it holds for one unit.
 *
 * @param definition a checked definition (`checkCalendar`).
 * @param unitChain the unit itself first, then its parent, up to the root: the nearest override wins. Empty: no override.
 *
 * Units to which the same overrides apply get the same instance, so that a caller may ask once per dossier.
 */
export function calendarFor(definition: CalendarDefinition, unitChain: readonly UnitCode[]): WorkingCalendar {
  const opened = openedOf.get(definition) ?? open(definition);
  const overridden = unitChain.filter((unit) => opened.overridesOf.has(unit));
  const key = overridden.join(' ');
  const known = opened.calendars.get(key);
  if (known !== undefined) return known;
  const calendar = openCalendar(definition, overridden.flatMap((unit) => opened.overridesOf.get(unit) ?? []));
  opened.calendars.set(key, calendar);
  return calendar;
}

function open(definition: CalendarDefinition): Opened {
  const overridesOf = new Map<string, UnitOverride[]>();
  for (const override of definition.overrides) {
    const known = overridesOf.get(override.unit);
    if (known === undefined) overridesOf.set(override.unit, [override]);
    else known.push(override);
  }
  const opened: Opened = { overridesOf, calendars: new Map() };
  openedOf.set(definition, opened);
  return opened;
}

function openCalendar(definition: CalendarDefinition, overrides: readonly UnitOverride[]): WorkingCalendar {
  const rules = dayRulesOf(definition, overrides);
  const table = openDayTable(rules);
  const coversFrom = parseLocalDay(definition.coversFrom) ?? Number.POSITIVE_INFINITY;
  const coversTo = parseLocalDay(definition.coversTo) ?? Number.NEGATIVE_INFINITY;

  const officeTimeBefore = (instant: Instant): number => {
    const day = localDayOf(instant);
    return table.officeTime.before(day) + officeTimeOfDayBefore(table, day, instant);
  };
  const workingMillisecondsBetween = (from: Instant, to: Instant) => officeTimeBefore(to) - officeTimeBefore(from);
  const addWorkingMinutes = (from: Instant, minutes: number): Instant => {
    const milliseconds = Math.round(minutes * MILLISECONDS_PER_MINUTE);
    if (!(milliseconds >= 0)) throw new RangeError('office time can only be added forwards');
    return milliseconds === 0 ? from : instantAfter(table, officeTimeBefore(from) + milliseconds);
  };
  const termDaysIn = (after: LocalDay, through: LocalDay) =>
    through <= after ? 0 : table.termDays.before(addDays(through, 1)) - table.termDays.before(addDays(after, 1));
  const termDayAfter = (day: LocalDay, count: number): LocalDay => {
    if (!Number.isSafeInteger(count) || count < 1) throw new RangeError('term days are counted from 1');
    return table.termDays.firstReaching(table.termDays.before(addDays(day, 1)) + count);
  };

  return {
    id: definition.id,
    version: definition.version,
    reference: `${definition.id}@${definition.version}`,
    covers: (day) => coversFrom <= day && day <= coversTo,
    dayOf: (day) => table.dayOf(day),
    isTermDay: (day) => table.dayOf(day).isTermDay,
    officeMinutes: (day) => table.dayOf(day).officeMinutes,
    dailyMinutesOn: (day) => rules.ordinaryMinutesOn(day),
    workingMillisecondsBetween,
    workingMinutesBetween: (from, to) => workingMillisecondsBetween(from, to) / MILLISECONDS_PER_MINUTE,
    addWorkingMinutes,
    nextOfficeInstant: (from) => instantOf(instantAfter(table, officeTimeBefore(from) + 1) - 1),
    termDaysIn,
    termDayAfter,
    termDayFrom: (day) => (table.dayOf(day).isTermDay ? day : termDayAfter(day, 1)),
  };
}

/** Office time, in milliseconds, of the day that passed before the instant in it. */
function officeTimeOfDayBefore(table: DayTable, day: LocalDay, instant: Instant): number {
  const passed = instant - startOfDay(day);
  return table.dayOf(day).officeHours.reduce((sum, { from, to }) => {
    const start = from * MILLISECONDS_PER_MINUTE;
    const end = to * MILLISECONDS_PER_MINUTE;
    return sum + Math.max(0, Math.min(passed, end) - start);
  }, 0);
}

/** The first instant at which the table's office time, in milliseconds since its origin, has reached `milliseconds`. */
function instantAfter(table: DayTable, milliseconds: number): Instant {
  const day = table.officeTime.firstReaching(milliseconds);
  let left = milliseconds - table.officeTime.before(day);
  for (const { from, to } of table.dayOf(day).officeHours) {
    const length = (to - from) * MILLISECONDS_PER_MINUTE;
    if (left <= length) return instantOf(startOfDay(day) + from * MILLISECONDS_PER_MINUTE + left);
    left -= length;
  }
  throw new Error('the day table does not add up');
}
