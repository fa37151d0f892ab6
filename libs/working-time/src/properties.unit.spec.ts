import { addDays, instantOf, localDayOf, parseLocalDay, startOfDay, type Instant, type LocalDay, type UnitCode } from '@index766/kernel';
import fc from 'fast-check';

import { calendarFor } from './calendar-for';
import { VIETNAM_CALENDAR } from './calendars/vietnam';
import type { CalendarDefinition } from './definition';
import { dueOf, moveForPause } from './due';
import { local } from './local-instant.fixture';
import { TERM_KINDS, type Term } from './term';

const RUNS = { seed: 766, numRuns: 400 };

const definition: CalendarDefinition = {
  ...VIETNAM_CALENDAR,
  overrides: [
    {
      unit: 'H44.1', validFrom: '2025-06-01', validTo: '2026-10-15',
      officeHours: { 1: [{ from: 420, to: 690 }], 3: [{ from: 810, to: 1020 }], 6: [{ from: 450, to: 690 }] },
      daysOff: [{ day: '2026-03-04', name: 'Lễ hội' }],
    },
  ],
};
const calendars = [calendarFor(definition, []), calendarFor(definition, ['H44.1' as UnitCode])];

const anyCalendar = fc.constantFrom(...calendars);
/** A year before what the calendar covers until two years after it. */
const anyInstant = fc.integer({ min: local('2023-01-01'), max: local('2029-12-31') }).map(instantOf);
const anyDay = anyInstant.map(localDayOf);
const anyTerm: fc.Arbitrary<Term> = fc.record({ kind: fc.constantFrom(...TERM_KINDS), amount: fc.integer({ min: 1, max: 60 }) });
const dayTerm = anyTerm.filter(({ kind }) => kind !== 'working-hours');

describe('working time', () => {
  it('adds up exactly over any instant between', () => {
    fc.assert(fc.property(anyCalendar, anyInstant, anyInstant, anyInstant, (calendar, a, b, c) => {
      const between = (from: Instant, to: Instant) => calendar.workingMillisecondsBetween(from, to);
      expect(between(a, b) + between(b, c)).toBe(between(a, c));
    }), RUNS);
  });

  it('is what counting day by day gives', () => {
    fc.assert(fc.property(anyCalendar, anyDay, fc.integer({ min: 0, max: 800 }), (calendar, from, length) => {
      const days = Array.from({ length }, (_, index) => addDays(from, index));
      const to = addDays(from, length);
      const minutes = days.reduce((sum, day) => sum + calendar.officeMinutes(day), 0);
      expect(calendar.workingMinutesBetween(startOfDay(from), startOfDay(to))).toBe(minutes);
      expect(calendar.termDaysIn(addDays(from, -1), addDays(to, -1))).toBe(days.filter((day) => calendar.isTermDay(day)).length);
    }), RUNS);
  });

  it('added to an instant is the working time between', () => {
    fc.assert(fc.property(anyCalendar, anyInstant, fc.integer({ min: 1, max: 400 * 60_000 * 60 }), (calendar, from, milliseconds) => {
      const to = calendar.addWorkingMinutes(from, milliseconds / 60_000);
      expect(calendar.workingMillisecondsBetween(from, to)).toBe(milliseconds);
      expect(calendar.workingMillisecondsBetween(from, instantOf(to - 1))).toBe(milliseconds - 1);
    }), RUNS);
  });

  it('starts with the next office instant', () => {
    fc.assert(fc.property(anyCalendar, anyInstant, (calendar, from) => {
      const opening = calendar.nextOfficeInstant(from);
      expect(opening).toBeGreaterThanOrEqual(from);
      expect(calendar.workingMillisecondsBetween(from, opening)).toBe(0);
      expect(calendar.workingMillisecondsBetween(opening, instantOf(opening + 1))).toBe(1);
    }), RUNS);
  });

  it('has exactly n term days through the n-th term day', () => {
    fc.assert(fc.property(anyCalendar, anyDay, fc.integer({ min: 1, max: 1_500 }), (calendar, after, count) => {
      const day = calendar.termDayAfter(after, count);
      expect(calendar.isTermDay(day)).toBe(true);
      expect(calendar.termDaysIn(after, day)).toBe(count);
    }), RUNS);
  });
});

describe('a due instant', () => {
  it('is never earlier for a later receipt', () => {
    fc.assert(fc.property(anyCalendar, anyTerm, anyInstant, fc.integer({ min: 0, max: 10 * 86_400_000 }), (calendar, term, first, later) => {
      const second = instantOf(first + later);
      expect(dueOf(term, second, calendar).dueAt).toBeGreaterThanOrEqual(dueOf(term, first, calendar).dueAt);
    }), RUNS);
  });

  it('is never earlier for a longer term', () => {
    fc.assert(fc.property(anyCalendar, anyTerm, anyInstant, (calendar, term, received) => {
      const longer = { ...term, amount: term.amount + 1 };
      expect(dueOf(longer, received, calendar).dueAt).toBeGreaterThanOrEqual(dueOf(term, received, calendar).dueAt);
    }), RUNS);
  });

  it('of a day or month term is 24:00 of a term day', () => {
    fc.assert(fc.property(anyCalendar, dayTerm, anyInstant, (calendar, term, received) => {
      const { dueAt } = dueOf(term, received, calendar);
      const lastDay = localDayOf(instantOf(dueAt - 1));
      expect(dueAt).toBe(startOfDay(addDays(lastDay, 1)));
      expect(calendar.isTermDay(lastDay)).toBe(true);
    }), RUNS);
  });

  it('of working days has every day after day 0 either counted or named as skipped', () => {
    const workingDays = fc.integer({ min: 1, max: 60 }).map((amount): Term => ({ kind: 'working-days', amount }));
    fc.assert(fc.property(anyCalendar, workingDays, anyInstant, (calendar, term, received) => {
      const { working } = dueOf(term, received, calendar);
      const dayOf = (kind: 'day-zero' | 'last-day'): LocalDay =>
        working.flatMap((step) => (step.kind === kind ? [step.day] : []))[0] ?? localDayOf(received);
      const skippedDays = working.filter((step) => step.kind === 'skipped' && step.day > dayOf('day-zero')).length;
      expect(dayOf('last-day') - dayOf('day-zero')).toBe(term.amount + skippedDays);
    }), RUNS);
  });

  it('is never moved earlier by a pause, and two pauses in a row move a day term like one', () => {
    const pause = fc.tuple(anyInstant, fc.integer({ min: 0, max: 40 * 86_400_000 }), fc.integer({ min: 0, max: 40 * 86_400_000 }));
    fc.assert(fc.property(anyCalendar, anyTerm, anyInstant, pause, (calendar, term, received, [from, first, second]) => {
      const due = dueOf(term, received, calendar);
      const middle = instantOf(from + first);
      const to = instantOf(middle + second);
      const once = moveForPause(due, { from, to }, calendar, term.kind);
      const twice = moveForPause(moveForPause(due, { from, to: middle }, calendar, term.kind), { from: middle, to }, calendar, term.kind);
      expect(once.dueAt).toBeGreaterThanOrEqual(due.dueAt);
      expect(twice.dueAt).toBe(once.dueAt);
    }), RUNS);
  });
});

describe("the server's own time zone", () => {
  const LOCAL_MEMBERS = [
    'getDate', 'getDay', 'getFullYear', 'getHours', 'getMilliseconds', 'getMinutes', 'getMonth', 'getSeconds', 'getTimezoneOffset',
    'setDate', 'setFullYear', 'setHours', 'setMinutes', 'setMonth', 'setSeconds', 'toDateString', 'toLocaleDateString',
    'toLocaleString', 'toLocaleTimeString', 'toString', 'toTimeString',
  ] as const;
  const RealDate = globalThis.Date;

  /** A Date without a zone: whatever would ask for the server's fails. */
  class ZonelessDate extends RealDate {
    constructor(...parts: unknown[]) {
      if (parts.length !== 1 || typeof parts[0] !== 'number') throw new Error('a Date was made in the zone of the server');
      super(parts[0]);
      for (const member of LOCAL_MEMBERS) {
        Object.defineProperty(this, member, { value: () => { throw new Error(`Date.${member} depends on the zone of the server`); } });
      }
    }
  }

  afterEach(() => {
    globalThis.Date = RealDate;
  });

  it('is never asked for', () => {
    globalThis.Date = ZonelessDate as DateConstructor;
    expect(() => new Date(2026, 0, 1)).toThrow('zone of the server');
    expect(() => new Date(0).getHours()).toThrow('zone of the server');

    for (const kind of TERM_KINDS) {
      const calendar = calendarFor({ ...definition }, ['H44.1' as UnitCode]);
      const due = dueOf({ kind, amount: 3 }, local('2026-01-31 23:30'), calendar);
      moveForPause(due, { from: local('2026-02-01 09:00'), to: local('2026-03-01 09:00') }, calendar, kind);
    }
    expect(parseLocalDay('2026-02-30')).toBeUndefined();
  });
});
