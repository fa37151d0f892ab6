import { formatLocalDay, type UnitCode } from '@index766/kernel';

import { calendarFor } from './calendar-for';
import { VIETNAM_CALENDAR } from './calendars/vietnam';
import type { CalendarDefinition } from './definition';
import { dueOf, statedDue, type Due, type Working } from './due';
import { local } from './local-instant.fixture';
import type { Term } from './term';

const national = calendarFor(VIETNAM_CALENDAR, []);

const hours = (amount: number): Term => ({ kind: 'working-hours', amount });
const workingDays = (amount: number): Term => ({ kind: 'working-days', amount });
const calendarDays = (amount: number): Term => ({ kind: 'calendar-days', amount });
const months = (amount: number): Term => ({ kind: 'months', amount });

function dayZeroOf(due: Due): string {
  const dayZero = due.working.find((step) => step.kind === 'day-zero');
  return dayZero === undefined ? '' : `${formatLocalDay(dayZero.day)} ${dayZero.arrival}`;
}

function skippedIn(working: readonly Working[]): readonly string[] {
  return working.flatMap((step) =>
    step.kind === 'skipped' ? [`${formatLocalDay(step.day)} ${'name' in step.standing ? step.standing.name : step.standing.kind}`] : []);
}

describe('the due instant of a term', () => {
  const cases: readonly [rule: string, term: Term, received: string, due: string, dayZero: string][] = [
    ['n working days end with the n-th term day', workingDays(3), '2026-10-05 09:00', '2026-10-08 24:00', '2026-10-05 in-office-hours'],
    ['a weekend does not count', workingDays(3), '2026-10-08 09:00', '2026-10-13 24:00', '2026-10-08 in-office-hours'],
    ['received before opening: the same day is day 0', workingDays(1), '2026-10-05 06:15', '2026-10-06 24:00', '2026-10-05 before-opening'],
    ['received at lunch: the same day is day 0', workingDays(1), '2026-10-05 12:30', '2026-10-06 24:00', '2026-10-05 at-lunch'],
    ['received in the last office instant: the same day', workingDays(1), '2026-10-05 16:59:59.999', '2026-10-06 24:00', '2026-10-05 in-office-hours'],
    ['received at closing time: the next working day is day 0', workingDays(1), '2026-10-05 17:00', '2026-10-07 24:00', '2026-10-06 after-hours'],
    ['received at night: the next working day is day 0', workingDays(1), '2026-10-05 23:30', '2026-10-07 24:00', '2026-10-06 after-hours'],
    ['received after midnight: still that day', workingDays(1), '2026-10-06 00:30', '2026-10-07 24:00', '2026-10-06 before-opening'],
    ['received on Friday night: Monday is day 0', workingDays(1), '2026-10-09 19:00', '2026-10-13 24:00', '2026-10-12 after-hours'],
    ['received on Saturday: Monday is day 0', workingDays(2), '2026-10-10 09:00', '2026-10-14 24:00', '2026-10-12 on-day-off'],
    ['received on a holiday: the next working day is day 0', workingDays(1), '2026-11-24 09:00', '2026-11-26 24:00', '2026-11-25 on-day-off'],
    ['the Day of Vietnamese Culture does not count', workingDays(1), '2026-11-23 09:00', '2026-11-25 24:00', '2026-11-23 in-office-hours'],
    ['Tết 2026 does not count', workingDays(1), '2026-02-13 10:00', '2026-02-23 24:00', '2026-02-13 in-office-hours'],
    ['received at Tết: the first day after it is day 0', workingDays(5), '2026-02-18 10:00', '2026-03-02 24:00', '2026-02-23 on-day-off'],
    ['the make-up Saturday counts', workingDays(1), '2026-08-21 09:00', '2026-08-22 24:00', '2026-08-21 in-office-hours'],
    ['received on the make-up Saturday: it is day 0', workingDays(1), '2026-08-22 09:00', '2026-08-24 24:00', '2026-08-22 in-office-hours'],
    ['received on Friday night before the make-up Saturday', workingDays(1), '2026-08-21 18:00', '2026-08-24 24:00', '2026-08-22 after-hours'],
    ['the day off for the make-up Saturday does not count', workingDays(1), '2026-08-28 09:00', '2026-09-03 24:00', '2026-08-28 in-office-hours'],

    ['hours are exact', hours(2), '2026-10-05 09:10', '2026-10-05 11:10', '2026-10-05 in-office-hours'],
    ['hours that end with the morning are due then', hours(2), '2026-10-05 09:30', '2026-10-05 11:30', '2026-10-05 in-office-hours'],
    ['hours go on after lunch', hours(2), '2026-10-05 11:00', '2026-10-05 15:00', '2026-10-05 in-office-hours'],
    ['hours from lunch start with the afternoon', hours(1), '2026-10-05 12:10', '2026-10-05 14:30', '2026-10-05 at-lunch'],
    ['hours from the night start with the morning', hours(1), '2026-10-05 22:00', '2026-10-06 08:30', '2026-10-06 after-hours'],
    ['hours go over a weekend', hours(8), '2026-10-09 16:00', '2026-10-12 16:30', '2026-10-09 in-office-hours'],
    ['hours go over Tết', hours(4), '2026-02-13 15:00', '2026-02-23 09:30', '2026-02-13 in-office-hours'],
    ["the make-up Saturday has Monday's hours", hours(8), '2026-08-21 16:30', '2026-08-22 17:00', '2026-08-21 in-office-hours'],
    ['seconds are kept', hours(1), '2026-10-05 11:00:30', '2026-10-05 14:00:30', '2026-10-05 in-office-hours'],

    ['calendar days count every day', calendarDays(7), '2026-10-05 09:00', '2026-10-12 24:00', '2026-10-05 in-office-hours'],
    ['a last day on a day off moves to the next term day', calendarDays(5), '2026-10-05 09:00', '2026-10-12 24:00', '2026-10-05 in-office-hours'],
    ['a last day in Tết moves behind it', calendarDays(7), '2026-02-10 09:00', '2026-02-23 24:00', '2026-02-10 in-office-hours'],
    ['a last day on the make-up Saturday stays', calendarDays(2), '2026-08-20 09:00', '2026-08-22 24:00', '2026-08-20 in-office-hours'],
    ['calendar days start with day 0', calendarDays(1), '2026-10-09 19:00', '2026-10-13 24:00', '2026-10-12 after-hours'],

    ['a month ends with the same day', months(1), '2026-10-05 09:00', '2026-11-05 24:00', '2026-10-05 in-office-hours'],
    ['a month starts with day 0', months(1), '2026-10-31 09:00', '2026-12-02 24:00', '2026-11-02 on-day-off'],
    ["a month is clamped to the month's end", months(1), '2025-03-31 09:00', '2025-05-05 24:00', '2025-03-31 in-office-hours'],
    ['a clamped month can end on a term day', months(1), '2024-08-30 09:00', '2024-09-30 24:00', '2024-08-30 in-office-hours'],
    ['a month that ends on a day off moves behind it', months(1), '2026-07-31 09:00', '2026-09-03 24:00', '2026-07-31 in-office-hours'],
    ['a year of months meets 29 February', months(12), '2024-02-29 09:00', '2025-02-28 24:00', '2024-02-29 in-office-hours'],
  ];

  it.each(cases)('%s', (_rule, term, received, due, dayZero) => {
    const decided = dueOf(term, local(received), national);
    expect(decided.dueAt).toBe(local(due));
    expect(dayZeroOf(decided)).toBe(dayZero);
  });
});

describe('the working of a due instant', () => {
  it('names each skipped day of Tết with its reason', () => {
    const { working } = dueOf(workingDays(1), local('2026-02-13 10:00'), national);
    expect(skippedIn(working)).toEqual([
      '2026-02-14 weekly-day-off', '2026-02-15 weekly-day-off', '2026-02-16 Giao thừa Tết Nguyên Đán', '2026-02-17 Tết Nguyên Đán',
      '2026-02-18 Mùng hai Tết Nguyên Đán', '2026-02-19 Mùng ba Tết Nguyên Đán', '2026-02-20 Mùng bốn Tết Nguyên Đán',
      '2026-02-21 weekly-day-off', '2026-02-22 weekly-day-off',
    ]);
  });

  it('names the days off between receipt and day 0', () => {
    const { working } = dueOf(workingDays(1), local('2026-09-02 10:00'), national);
    expect(working).toEqual([
      { kind: 'skipped', day: expect.any(Number), standing: { kind: 'holiday', name: 'Quốc khánh' } },
      { kind: 'day-zero', day: expect.any(Number), startsAt: local('2026-09-03 07:30'), arrival: 'on-day-off' },
      { kind: 'last-day', day: expect.any(Number), dueAt: local('2026-09-04 24:00') },
    ]);
  });

  it('of calendar days names only the days off that moved the last day', () => {
    const { working } = dueOf(calendarDays(13), local('2026-10-05 09:00'), national);
    expect(skippedIn(working)).toEqual(['2026-10-18 weekly-day-off']);
  });

  it('of hours names the days on which the office was closed', () => {
    const { working } = dueOf(hours(2), local('2026-11-23 16:00'), national);
    expect(skippedIn(working)).toEqual(['2026-11-24 Ngày Văn hóa Việt Nam']);
  });

  it("says from which day on the calendar's days off are not known", () => {
    const { working } = dueOf(workingDays(5), local('2027-12-30 09:00'), national);
    const beyond = working.filter((step) => step.kind === 'beyond-calendar').map(({ day }) => formatLocalDay(day));
    expect(beyond).toEqual(['2028-01-01']);
  });
});

describe("a unit's own calendar", () => {
  const definition: CalendarDefinition = {
    ...VIETNAM_CALENDAR,
    overrides: [
      {
        unit: 'H44.1', officeHours: { ...VIETNAM_CALENDAR.officeHours, 6: [{ from: 450, to: 690 }] },
        daysOff: [{ day: '2026-10-07', name: 'Lễ hội' }],
      },
      { unit: 'H44.1.2', extraTermDays: [6], makeUpDays: [{ day: '2026-10-07', name: 'trực lễ hội', hoursOf: 3 }] },
      { unit: 'H44.3', officeHours: { 1: [{ from: 480, to: 720 }] }, validFrom: '2026-10-12', validTo: '2026-10-18' },
    ],
  };
  const of = (...chain: string[]) => calendarFor(definition, chain as UnitCode[]);

  const cases: readonly [rule: string, chain: readonly string[], term: Term, received: string, due: string][] = [
    ['its day off does not count', ['H44.1', 'H44'], workingDays(2), '2026-10-06 09:00', '2026-10-09 24:00'],
    ['a Saturday desk is no term day', ['H44.1', 'H44'], workingDays(1), '2026-10-09 09:00', '2026-10-12 24:00'],
    ['a Saturday desk counts in hours', ['H44.1', 'H44'], hours(2), '2026-10-09 16:00', '2026-10-10 08:30'],
    ['received at the Saturday desk: Saturday is day 0', ['H44.1', 'H44'], workingDays(1), '2026-10-10 09:00', '2026-10-12 24:00'],
    ['received after the Saturday desk: Monday is day 0', ['H44.1', 'H44'], workingDays(1), '2026-10-10 14:00', '2026-10-13 24:00'],
    ['an override can make Saturday a term day', ['H44.1.2', 'H44.1', 'H44'], workingDays(1), '2026-10-09 09:00', '2026-10-10 24:00'],
    ["the nearest unit's dated entry wins", ['H44.1.2', 'H44.1', 'H44'], workingDays(1), '2026-10-06 09:00', '2026-10-07 24:00'],
    ['another unit keeps the national calendar', ['H44.2', 'H44'], workingDays(1), '2026-10-06 09:00', '2026-10-07 24:00'],
    ['its hours hold from their first day', ['H44.3', 'H44'], hours(1), '2026-10-09 16:30', '2026-10-12 08:30'],
    ['and until their last', ['H44.3', 'H44'], hours(4), '2026-10-12 09:00', '2026-10-19 08:30'],
  ];

  it.each(cases)('%s', (_rule, chain, term, received, due) => {
    expect(dueOf(term, local(received), of(...chain)).dueAt).toBe(local(due));
  });
});

describe('a due instant stated by the source', () => {
  it.each([
    ['at 00:00 means 24:00 of that day', '2026-10-05 00:00', '2026-10-05 24:00'],
    ['with a time means that time', '2026-10-05 16:30', '2026-10-05 16:30'],
    ['one millisecond after midnight means that', '2026-10-05 00:00:00.001', '2026-10-05 00:00:00.001'],
    ['on a day off stays there', '2026-11-24 00:00', '2026-11-24 24:00'],
  ])('%s', (_rule, stated, due) => {
    expect(statedDue(local(stated))).toBe(local(due));
  });
});
