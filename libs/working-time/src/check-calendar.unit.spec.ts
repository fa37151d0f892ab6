import { VIETNAM_CALENDAR } from './calendars/vietnam';
import { checkCalendar } from './check-calendar';
import type { CalendarDefinition } from './definition';

function faultsOf(changes: Partial<CalendarDefinition>): readonly string[] {
  const checked = checkCalendar({ ...VIETNAM_CALENDAR, ...changes });
  return checked.ok ? [] : checked.error.map(({ code, path }) => `${code} ${path ?? ''}`);
}

describe('a calendar is refused', () => {
  const cases: readonly [rule: string, changes: Partial<CalendarDefinition>, faults: readonly string[]][] = [
    ['with an id that is no identifier', { id: 'VN 1' }, ['CALENDAR.ID_MALFORMED id']],
    ['with version 0', { version: 0 }, ['CALENDAR.VERSION_MALFORMED version']],
    ['when a covered day does not exist', { coversFrom: '2024-02-30', holidays: [], makeUpDays: [] }, ['CALENDAR.NO_SUCH_DAY coversFrom']],
    ['when it ends before it begins', { coversTo: '2023-12-31', holidays: [], makeUpDays: [] }, ['CALENDAR.COVERAGE_MALFORMED coversTo']],
    ['when it covers a century', { coversTo: '2124-01-01' }, ['CALENDAR.COVERAGE_MALFORMED coversTo']],
    [
      'when hours overlap', { officeHours: { ...VIETNAM_CALENDAR.officeHours, 2: [{ from: 450, to: 700 }, { from: 690, to: 900 }] } },
      ['CALENDAR.HOURS_MALFORMED officeHours.2'],
    ],
    ['when hours are of two days', { officeHours: { 1: [{ from: 1380, to: 1500 }] } }, ['CALENDAR.HOURS_MALFORMED officeHours.1']],
    ['when hours are fractions of a minute', { officeHours: { 1: [{ from: 450.5, to: 690 }] } }, ['CALENDAR.HOURS_MALFORMED officeHours.1']],
    ['when hours end before they begin', { officeHours: { 1: [{ from: 690, to: 450 }] } }, ['CALENDAR.HOURS_MALFORMED officeHours.1']],
    ['with a weekday twice', { termDays: [1, 1] }, ['CALENDAR.WEEKDAYS_MALFORMED termDays']],
    ['without office hours on any term day', { termDays: [7] }, ['CALENDAR.NO_WORKING_TIME officeHours']],
    [
      'when a day is both off and worked',
      { makeUpDays: [{ day: '2026-09-02', name: 'làm bù', hoursOf: 1 }] }, ['CALENDAR.DAY_TWICE makeUpDays.0.day'],
    ],
    ['when a holiday does not exist', { holidays: [{ day: '2026-02-30', name: 'x' }] }, ['CALENDAR.NO_SUCH_DAY holidays.0.day']],
    ['when a holiday is outside what it covers', { holidays: [{ day: '2030-01-01', name: 'x' }] }, ['CALENDAR.DAY_NOT_COVERED holidays.0.day']],
    [
      'when a make-up day replaces a day that does not exist',
      { makeUpDays: [{ day: '2026-08-22', name: 'làm bù', hoursOf: 1, replaces: '2026-08-32' }] }, ['CALENDAR.NO_SUCH_DAY makeUpDays.0.replaces'],
    ],
    [
      'for every fault of an override',
      {
        overrides: [
          { unit: 'H44.1' },
          {
            unit: 'h44', validFrom: '2026-06-01', validTo: '2026-05-01', officeHours: { 6: [{ from: 450, to: 690 }] },
            extraTermDays: [6, 6], daysOff: [{ day: '2026-04-31', name: 'x' }],
          },
        ],
      },
      [
        'CALENDAR.UNIT_MALFORMED overrides.1.unit', 'CALENDAR.VALIDITY_MALFORMED overrides.1.validTo',
        'CALENDAR.NO_WORKING_TIME overrides.1.officeHours', 'CALENDAR.WEEKDAYS_MALFORMED overrides.1.extraTermDays',
        'CALENDAR.NO_SUCH_DAY overrides.1.daysOff.0.day',
      ],
    ],
  ];

  it.each(cases)('%s', (_rule, changes, faults) => {
    expect(faultsOf(changes)).toEqual(faults);
  });

  it('never for the shipped calendar with a well-formed override', () => {
    expect(faultsOf({ overrides: [{ unit: 'H44.114', extraTermDays: [6], daysOff: [{ day: '2026-07-15', name: 'Hội' }] }] })).toEqual([]);
  });
});
