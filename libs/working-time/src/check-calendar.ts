import {
  failed, ok, parseLocalDay, parseUnitCode, type LocalDay, type Refusal, type RefusalCode, type Result, type Weekday,
} from '@index766/kernel';

import type { CalendarDefinition, DayOff, MakeUpDay, OfficeSpan, WeeklyHours } from './definition';

const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const MINUTES_PER_DAY = 24 * 60;
/** Bounds the day table of a calendar. */
const MOST_DAYS_COVERED = 50 * 366;

/**
 * Refuses a calendar that could not be computed with, naming every fault with its path: days that do not exist, hours
 * that overlap, a day that is both off and worked, a week without working time.
 */
export function checkCalendar(definition: CalendarDefinition): Result<CalendarDefinition, readonly Refusal[]> {
  const faults = [
    ...coverageFaults(definition),
    ...hoursFaults(definition.officeHours, 'officeHours'),
    ...weekdayFaults(definition.termDays, 'termDays'),
    ...workingTimeFaults(definition, definition.officeHours, 'officeHours'),
    ...datedFaults(definition, definition.holidays, 'holidays', definition.makeUpDays, 'makeUpDays'),
    ...definition.overrides.flatMap((_, index) => overrideFaults(definition, index)),
  ];
  return faults.length === 0 ? ok(definition) : failed(faults);
}

function coverageFaults({ coversFrom, coversTo, id, version }: CalendarDefinition): readonly Refusal[] {
  const faults: Refusal[] = [];
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(id)) faults.push(fault('CALENDAR.ID_MALFORMED', 'an id is lower-case letters, digits and hyphens', 'id'));
  if (!Number.isSafeInteger(version) || version < 1) faults.push(fault('CALENDAR.VERSION_MALFORMED', 'a version is a whole number from 1', 'version'));
  const from = parseLocalDay(coversFrom);
  const to = parseLocalDay(coversTo);
  if (from === undefined) faults.push(noSuchDay('coversFrom'));
  if (to === undefined) faults.push(noSuchDay('coversTo'));
  if (from !== undefined && to !== undefined && (to < from || to - from > MOST_DAYS_COVERED)) {
    faults.push(fault('CALENDAR.COVERAGE_MALFORMED', 'coversTo is not before coversFrom and at most 50 years later', 'coversTo'));
  }
  return faults;
}

function overrideFaults(definition: CalendarDefinition, index: number): readonly Refusal[] {
  const override = definition.overrides[index];
  if (override === undefined) return [];
  const path = `overrides.${index}`;
  const faults: Refusal[] = [];
  if (parseUnitCode(override.unit) !== override.unit) faults.push(fault('CALENDAR.UNIT_MALFORMED', 'a unit is written as its code', `${path}.unit`));
  for (const bound of ['validFrom', 'validTo'] as const) {
    const text = override[bound];
    if (text !== undefined) faults.push(...dayFaults(definition, text, `${path}.${bound}`));
  }
  if (override.validFrom !== undefined && override.validTo !== undefined && override.validTo < override.validFrom) {
    faults.push(fault('CALENDAR.VALIDITY_MALFORMED', 'validTo is not before validFrom', `${path}.validTo`));
  }
  if (override.officeHours !== undefined) {
    faults.push(
      ...hoursFaults(override.officeHours, `${path}.officeHours`),
      ...workingTimeFaults(definition, override.officeHours, `${path}.officeHours`),
    );
  }
  faults.push(
    ...weekdayFaults(override.extraTermDays ?? [], `${path}.extraTermDays`),
    ...datedFaults(definition, override.daysOff ?? [], `${path}.daysOff`, override.makeUpDays ?? [], `${path}.makeUpDays`),
  );
  return faults;
}

function hoursFaults(hours: WeeklyHours, path: string): readonly Refusal[] {
  return WEEKDAYS.flatMap((weekday) => {
    const spans = hours[weekday] ?? [];
    return areInOrder(spans)
      ? []
      : [fault('CALENDAR.HOURS_MALFORMED', 'office hours are whole minutes of one day, in order, without overlap', `${path}.${weekday}`)];
  });
}

function areInOrder(spans: readonly OfficeSpan[]): boolean {
  return spans.every(({ from, to }, index) => {
    const opensAfter = spans[index - 1]?.to ?? 0;
    return Number.isSafeInteger(from) && Number.isSafeInteger(to) && opensAfter <= from && from < to && to <= MINUTES_PER_DAY;
  });
}

function weekdayFaults(weekdays: readonly Weekday[], path: string): readonly Refusal[] {
  const known = weekdays.every((each) => WEEKDAYS.includes(each)) && new Set(weekdays).size === weekdays.length;
  return known ? [] : [fault('CALENDAR.WEEKDAYS_MALFORMED', 'weekdays are 1 (Monday) to 7 (Sunday), each once', path)];
}

function workingTimeFaults({ termDays }: CalendarDefinition, hours: WeeklyHours, path: string): readonly Refusal[] {
  return termDays.some((weekday) => (hours[weekday] ?? []).length > 0)
    ? []
    : [fault('CALENDAR.NO_WORKING_TIME', 'at least one term day of the week has office hours', path)];
}

function datedFaults(
  definition: CalendarDefinition, daysOff: readonly DayOff[], offPath: string, makeUpDays: readonly MakeUpDay[], makeUpPath: string,
): readonly Refusal[] {
  const seen = new Set<string>();
  const entryFaults = (day: string, path: string): readonly Refusal[] => {
    const twice = seen.has(day) ? [fault('CALENDAR.DAY_TWICE', 'a day has one dated entry', path)] : [];
    seen.add(day);
    return [...dayFaults(definition, day, path), ...twice];
  };
  return [
    ...daysOff.flatMap(({ day }, index) => entryFaults(day, `${offPath}.${index}.day`)),
    ...makeUpDays.flatMap(({ day, hoursOf, replaces }, index) => [
      ...entryFaults(day, `${makeUpPath}.${index}.day`),
      ...weekdayFaults([hoursOf], `${makeUpPath}.${index}.hoursOf`),
      ...(replaces === undefined || parseLocalDay(replaces) !== undefined ? [] : [noSuchDay(`${makeUpPath}.${index}.replaces`)]),
    ]),
  ];
}

function dayFaults({ coversFrom, coversTo }: CalendarDefinition, text: string, path: string): readonly Refusal[] {
  const day: LocalDay | undefined = parseLocalDay(text);
  if (day === undefined) return [noSuchDay(path)];
  // Days of the form yyyy-mm-dd sort as texts.
  return coversFrom <= text && text <= coversTo
    ? []
    : [fault('CALENDAR.DAY_NOT_COVERED', 'dated entries lie between coversFrom and coversTo', path)];
}

function noSuchDay(path: string): Refusal {
  return fault('CALENDAR.NO_SUCH_DAY', 'a day is written 2026-09-02 and exists', path);
}

function fault(code: RefusalCode, detail: string, path: string): Refusal {
  return { code, detail, path };
}
