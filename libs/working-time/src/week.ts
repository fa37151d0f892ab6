import { addDays, parseLocalDay, weekdayOf, type LocalDay, type Weekday } from '@index766/kernel';

import type { CalendarDefinition, OfficeSpan, UnitOverride, WeeklyHours } from './definition';
import type { CalendarDay, DayStanding } from './working-calendar';

const NO_HOURS: readonly OfficeSpan[] = [];
const BEFORE_ALL_DAYS = Number.NEGATIVE_INFINITY;
const AFTER_ALL_DAYS = Number.POSITIVE_INFINITY;

/** An override with its days read once. */
interface OpenOverride {
  readonly override: UnitOverride;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly dated: ReadonlyMap<LocalDay, DatedEntry>;
}

type DatedEntry =
  | { readonly kind: 'day-off'; readonly standing: DayStanding }
  | { readonly kind: 'make-up'; readonly hoursOf: Weekday; readonly standing: DayStanding };

/** Decides what each single day is: the nearest unit's dated entry, then the calendar's, then the week. */
export interface DayRules {
  dayOf(day: LocalDay): CalendarDay;
  /** Office minutes of an ordinary term day, by the week in force on that day. */
  ordinaryMinutesOn(day: LocalDay): number;
  /** First and last day on which anything but one constant week can hold; undefined: the week never changes. */
  readonly bounds: { readonly first: LocalDay; readonly last: LocalDay } | undefined;
}

/** @param overrides those that apply, nearest unit first. */
export function dayRulesOf(definition: CalendarDefinition, overrides: readonly UnitOverride[]): DayRules {
  const opened = overrides.map(openOverride);
  const national = datedEntries(definition.holidays, definition.makeUpDays, (name) => ({ kind: 'holiday', name }));
  const weekOf = (day: LocalDay) => weekHolding(definition, opened, day);

  const dayOf = (day: LocalDay): CalendarDay => {
    const inForce = opened.filter(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay);
    const entry = inForce.map(({ dated }) => dated.get(day)).find((each) => each !== undefined) ?? national.get(day);
    const week = weekOf(day);
    if (entry === undefined) return weeklyDay(week, weekdayOf(day));
    if (entry.kind === 'day-off') return closedDay(entry.standing);
    const replaced = weeklyDay(week, entry.hoursOf);
    return { ...replaced, standing: entry.standing };
  };
  const ordinaryMinutesOn = (day: LocalDay): number => {
    const week = weekOf(day);
    const minutes = [...week.termDays].map((weekday) => weeklyDay(week, weekday).officeMinutes);
    return minutes.reduce((sum, each) => sum + each, 0) / minutes.length;
  };
  return { dayOf, ordinaryMinutesOn, bounds: boundsOf([...national.keys()], opened) };
}

interface Week {
  readonly hours: WeeklyHours;
  readonly termDays: ReadonlySet<Weekday>;
}

function weekHolding(definition: CalendarDefinition, overrides: readonly OpenOverride[], day: LocalDay): Week {
  const inForce = overrides.filter(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay);
  const hours = inForce.find(({ override }) => override.officeHours !== undefined)?.override.officeHours;
  const extra = inForce.flatMap(({ override }) => override.extraTermDays ?? []);
  return { hours: hours ?? definition.officeHours, termDays: new Set([...definition.termDays, ...extra]) };
}

function weeklyDay({ hours, termDays }: Week, weekday: Weekday): CalendarDay {
  const officeHours = hours[weekday] ?? NO_HOURS;
  const officeMinutes = officeHours.reduce((sum, span) => sum + span.to - span.from, 0);
  const isTermDay = termDays.has(weekday);
  const kind = isTermDay ? 'term-day' : officeMinutes > 0 ? 'desk-only' : 'weekly-day-off';
  return { isTermDay, officeHours, officeMinutes, standing: { kind } };
}

function closedDay(standing: DayStanding): CalendarDay {
  return { isTermDay: false, officeHours: NO_HOURS, officeMinutes: 0, standing };
}

function openOverride(override: UnitOverride): OpenOverride {
  const { unit } = override;
  return {
    override,
    firstDay: override.validFrom === undefined ? BEFORE_ALL_DAYS : dayFrom(override.validFrom),
    lastDay: override.validTo === undefined ? AFTER_ALL_DAYS : dayFrom(override.validTo),
    dated: datedEntries(override.daysOff ?? [], override.makeUpDays ?? [], (name) => ({ kind: 'unit-day-off', name, unit })),
  };
}

function datedEntries(
  daysOff: CalendarDefinition['holidays'],
  makeUpDays: CalendarDefinition['makeUpDays'],
  standingOf: (name: string) => DayStanding,
): ReadonlyMap<LocalDay, DatedEntry> {
  const entries = new Map<LocalDay, DatedEntry>();
  for (const { day, name } of daysOff) entries.set(dayFrom(day), { kind: 'day-off', standing: standingOf(name) });
  for (const { day, name, hoursOf } of makeUpDays) {
    entries.set(dayFrom(day), { kind: 'make-up', hoursOf, standing: { kind: 'make-up-day', name } });
  }
  return entries;
}

function boundsOf(national: readonly LocalDay[], overrides: readonly OpenOverride[]): DayRules['bounds'] {
  const dated = [...national, ...overrides.flatMap((each) => [...each.dated.keys()])];
  const changes = overrides.flatMap(({ firstDay, lastDay }) => [firstDay, lastDay]).filter(Number.isFinite);
  const days = [...dated, ...changes];
  if (days.length === 0) return undefined;
  return { first: Math.min(...days) as LocalDay, last: Math.max(...days) as LocalDay };
}

function dayFrom(text: string): LocalDay {
  const day = parseLocalDay(text);
  if (day === undefined) throw new RangeError('a calendar was used without being checked: it has a day that does not exist');
  return day;
}

/** The Monday of the week that `day` is in. */
export function mondayOf(day: LocalDay): LocalDay {
  return addDays(day, 1 - weekdayOf(day));
}
