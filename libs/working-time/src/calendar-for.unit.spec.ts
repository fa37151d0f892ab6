import { localDayOf, parseLocalDay, type LocalDay, type UnitCode } from '@index766/kernel';

import { calendarFor } from './calendar-for';
import { VIETNAM_CALENDAR } from './calendars/vietnam';
import type { CalendarDefinition } from './definition';
import { local } from './local-instant.fixture';

const national = calendarFor(VIETNAM_CALENDAR, []);

function day(text: string): LocalDay {
  return localDayOf(local(text));
}

describe('a day of the calendar', () => {
  it.each([
    ['2026-10-05', true, 450, { kind: 'term-day' }],
    ['2026-10-10', false, 0, { kind: 'weekly-day-off' }],
    ['2026-02-17', false, 0, { kind: 'holiday', name: 'Tết Nguyên Đán' }],
    ['2026-08-22', true, 450, { kind: 'make-up-day', name: 'làm bù' }],
    ['2026-08-31', false, 0, { kind: 'holiday', name: 'Ngày nghỉ (thay cho ngày 22/08/2026)' }],
    ['2027-05-01', false, 0, { kind: 'holiday', name: 'Ngày Quốc tế Lao động' }],
    ['2031-06-02', true, 450, { kind: 'term-day' }],
    ['1999-12-31', true, 450, { kind: 'term-day' }],
  ])('%s: term day %s, %d office minutes', (text, isTermDay, officeMinutes, standing) => {
    expect(national.dayOf(day(text))).toMatchObject({ isTermDay, officeMinutes, standing });
  });

  it("takes the hours of the weekday that it makes up for, the unit's own where it has some", () => {
    const definition: CalendarDefinition = {
      ...VIETNAM_CALENDAR,
      makeUpDays: [{ day: '2026-08-22', name: 'làm bù', hoursOf: 6 }, { day: '2026-08-23', name: 'làm bù', hoursOf: 1 }],
      overrides: [{ unit: 'H44.1', officeHours: { 1: [{ from: 480, to: 720 }], 6: [{ from: 450, to: 690 }] } }],
    };
    const unit = calendarFor(definition, ['H44.1' as UnitCode]);
    expect([unit.officeMinutes(day('2026-08-22')), unit.isTermDay(day('2026-08-22'))]).toEqual([240, false]);
    expect([unit.officeMinutes(day('2026-08-23')), unit.isTermDay(day('2026-08-23'))]).toEqual([240, true]);
    expect(calendarFor(definition, []).officeMinutes(day('2026-08-22'))).toBe(0);
  });

  it("of a unit with days off of its own names the unit", () => {
    const definition: CalendarDefinition = {
      ...VIETNAM_CALENDAR, overrides: [{ unit: 'H44', daysOff: [{ day: '2026-10-07', name: 'Lễ hội' }] }],
    };
    const { standing } = calendarFor(definition, ['H44.1', 'H44'] as UnitCode[]).dayOf(day('2026-10-07'));
    expect(standing).toEqual({ kind: 'unit-day-off', name: 'Lễ hội', unit: 'H44' });
  });
});

describe('working time between two instants', () => {
  it.each([
    ['within a morning', '2026-10-05 08:00', '2026-10-05 09:30', 90],
    ['over lunch', '2026-10-05 11:00', '2026-10-05 14:00', 60],
    ['over a night', '2026-10-05 16:30', '2026-10-06 08:00', 60],
    ['of a whole day', '2026-10-05 00:00', '2026-10-05 24:00', 450],
    ['of a weekend is none', '2026-10-09 17:00', '2026-10-12 07:30', 0],
    ['of Tết is none', '2026-02-14 00:00', '2026-02-23 07:30', 0],
    ['of the make-up Saturday', '2026-08-22 00:00', '2026-08-22 24:00', 450],
    ['of a year of the calendar', '2026-01-01 00:00', '2027-01-01 00:00', 249 * 450],
    ['backwards is negative', '2026-10-05 09:30', '2026-10-05 08:00', -90],
    ['has fractions', '2026-10-05 08:00:00.001', '2026-10-05 08:01', 59_999 / 60_000],
    ['long before the calendar', '1990-01-01 00:00', '1990-01-08 00:00', 5 * 450],
    ['long after it', '2126-07-01 00:00', '2126-07-08 00:00', 5 * 450],
  ])('%s', (_rule, from, to, minutes) => {
    expect(national.workingMinutesBetween(local(from), local(to))).toBe(minutes);
  });
});

describe('term days', () => {
  it.each([
    ['2026-02-13', '2026-02-23', 1],
    ['2026-08-21', '2026-08-22', 1],
    ['2026-10-05', '2026-10-05', 0],
    ['2026-10-06', '2026-10-05', 0],
    ['2026-10-04', '2026-10-11', 5],
    ['2029-12-31', '2030-12-31', 261],
  ])('after %s through %s: %d', (after, through, count) => {
    expect(national.termDaysIn(day(after), day(through))).toBe(count);
  });

  it('are counted from 1', () => {
    expect(() => national.termDayAfter(day('2026-10-05'), 0)).toThrow(RangeError);
  });

  it('start with the day itself where it is one', () => {
    expect(national.termDayFrom(day('2026-10-05'))).toBe(parseLocalDay('2026-10-05'));
    expect(national.termDayFrom(day('2026-02-16'))).toBe(parseLocalDay('2026-02-23'));
  });
});

describe('the ordinary day of a unit', () => {
  it("is the mean of the week's term days, by the hours in force on the day", () => {
    const definition: CalendarDefinition = {
      ...VIETNAM_CALENDAR,
      overrides: [{ unit: 'H44.1', officeHours: { 1: [{ from: 480, to: 720 }], 6: [{ from: 450, to: 690 }] }, validFrom: '2026-10-12' }],
    };
    const unit = calendarFor(definition, ['H44.1' as UnitCode]);
    expect(unit.dailyMinutesOn(day('2026-10-11'))).toBe(450);
    expect(unit.dailyMinutesOn(day('2026-10-12'))).toBe(240 / 5);
  });
});

describe('calendars of units', () => {
  it('are one instance where the same overrides apply', () => {
    const definition: CalendarDefinition = { ...VIETNAM_CALENDAR, overrides: [{ unit: 'H44.1', extraTermDays: [6] }] };
    const chain = (...units: string[]) => units as UnitCode[];
    expect(calendarFor(definition, chain('H44.2', 'H44'))).toBe(calendarFor(definition, chain('H44.3', 'H44')));
    expect(calendarFor(definition, chain('H44.1.9', 'H44.1', 'H44'))).toBe(calendarFor(definition, chain('H44.1', 'H44')));
    expect(calendarFor(definition, chain('H44.1', 'H44'))).not.toBe(calendarFor(definition, chain('H44')));
  });

  it('name the version that a due instant was computed with', () => {
    expect(calendarFor({ ...VIETNAM_CALENDAR, version: 3 }, []).reference).toBe('vn@3');
  });

  it('refuse to work with a calendar that was not checked', () => {
    expect(() => calendarFor({ ...VIETNAM_CALENDAR, termDays: [] }, [])).toThrow(RangeError);
    expect(() => calendarFor({ ...VIETNAM_CALENDAR, holidays: [{ day: 'x', name: 'x' }] }, [])).toThrow(RangeError);
  });
});
