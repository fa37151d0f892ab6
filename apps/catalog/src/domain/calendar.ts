import { MAX_VALUE_BYTES } from '@index766/contracts-envelope';
import { compareText, failed, ok, saysTheSame, type Instant, type Refusal, type Result, type UnitCode } from '@index766/kernel';
import { checkCalendar, type CalendarDefinition, type UnitOverride } from '@index766/working-time';

import type { UnitDirectory } from './unit';
import { numbered, type History, type Recorded } from './versions';

/** What one version of a calendar says. Its latest version holds for all days. */
export type CalendarContent = Omit<CalendarDefinition, 'id' | 'version'>;

/** All that a unit has otherwise than the calendar says: one entry, or one for each span of days. */
export type OverrideOfUnit = Omit<UnitOverride, 'unit'>;

/** So many versions of the largest calendar fit into one document. */
const MOST_VERSIONS = 200;

/**
 * Whether a version of a calendar may be recorded; every fault is named. `undefined`: it says nothing new. The order in
 * which dated entries and overrides are given does not matter.
 */
export function decideCalendar(
  id: string, history: History<CalendarContent>, proposed: CalendarContent, directory: UnitDirectory, now: Instant,
): Result<Recorded<CalendarContent> | undefined, readonly Refusal[]> {
  const content = inOrder(proposed);
  const last = history.at(-1);
  if (last !== undefined && saysTheSame(last.content, content)) return ok(undefined);
  const version = numbered(history, content, now);
  const definition = definitionOf(id, version);
  const checked = checkCalendar(definition);
  const faults = [
    ...(checked.ok ? [] : checked.error),
    ...unknownUnits(content, directory),
    ...sizeFaults(definition),
  ];
  return faults.length === 0 ? ok(version) : failed(faults);
}

/**
 * Whether what one unit has otherwise may be recorded as a new version of the calendar; the rest of it stays. No
 * overrides: from now on the unit has the calendar as it is.
 */
export function decideOverrides(
  id: string, history: History<CalendarContent>, unit: UnitCode, overrides: readonly OverrideOfUnit[],
  directory: UnitDirectory, now: Instant,
): Result<Recorded<CalendarContent> | undefined, readonly Refusal[]> {
  const last = history.at(-1);
  if (last === undefined) return failed([{ code: 'CALENDAR.NOT_FOUND', detail: 'there is no such calendar; record it first', path: 'id' }]);
  const others = last.content.overrides.filter((each) => each.unit !== unit);
  const content = { ...last.content, overrides: [...others, ...overrides.map((each) => ({ unit, ...each }))] };
  return decideCalendar(id, history, content, directory, now);
}

export function definitionOf(id: string, { version, content }: Recorded<CalendarContent>): CalendarDefinition {
  return { id, version, ...content };
}

function inOrder(content: CalendarContent): CalendarContent {
  return {
    ...content,
    termDays: [...content.termDays].sort((a, b) => a - b),
    holidays: byDay(content.holidays),
    makeUpDays: byDay(content.makeUpDays),
    overrides: content.overrides
      .map((override) => ({
        ...override,
        ...(override.daysOff && { daysOff: byDay(override.daysOff) }),
        ...(override.makeUpDays && { makeUpDays: byDay(override.makeUpDays) }),
      }))
      .sort((a, b) => compareText(a.unit, b.unit) || compareText(a.validFrom ?? '', b.validFrom ?? '')),
  };
}

function byDay<Dated extends { readonly day: string }>(entries: readonly Dated[]): readonly Dated[] {
  return [...entries].sort((a, b) => compareText(a.day, b.day));
}

function unknownUnits({ overrides }: CalendarContent, directory: UnitDirectory): readonly Refusal[] {
  return overrides.flatMap(({ unit }, index) => (directory.find(unit as UnitCode) === undefined
    ? [{ code: 'CALENDAR.UNKNOWN_UNIT', detail: 'the unit is not recorded; record it first', path: `overrides.${index}.unit` } as const]
    : []));
}

function sizeFaults(definition: CalendarDefinition): readonly Refusal[] {
  const bytes = new TextEncoder().encode(JSON.stringify(definition)).length;
  return [
    ...(bytes > MAX_VALUE_BYTES
      ? [{ code: 'CALENDAR.TOO_LARGE', detail: 'a calendar fits into one record of 64 kB; make a calendar of its own for a part of the units' } as const]
      : []),
    ...(definition.version > MOST_VERSIONS
      ? [{ code: 'CALENDAR.TOO_MANY_VERSIONS', detail: `a calendar has at most ${MOST_VERSIONS} versions; begin another one` } as const]
      : []),
  ];
}
