import { calendarFor } from '@index766/working-time';

import { aCalendar, aUnit, directoryOf, october, recorded, unitCode } from '../test/catalog.fixture';
import { decideCalendar, decideOverrides, definitionOf } from './calendar';

const units = directoryOf({ 'H44.1': [aUnit()], 'H44.2': [aUnit()] });
const history = recorded(aCalendar({ overrides: [{ unit: 'H44.1', extraTermDays: [6] }] }));

describe('a version of a calendar', () => {
  it('is recorded with its number', () => {
    expect(decideCalendar('vn', [], aCalendar(), units, october(2))).toEqual({
      ok: true, value: { version: 1, recordedAt: october(2), content: aCalendar() },
    });
  });

  it('is not recorded again, in whatever order its entries come', () => {
    const known = recorded(aCalendar({ overrides: [{ unit: 'H44.1', daysOff: [{ day: '2026-07-01', name: 'a' }, { day: '2026-07-02', name: 'b' }] }] }));
    const shuffled = aCalendar({
      termDays: [5, 4, 3, 2, 1],
      holidays: [...aCalendar().holidays].reverse(),
      overrides: [{ unit: 'H44.1', daysOff: [{ day: '2026-07-02', name: 'b' }, { day: '2026-07-01', name: 'a' }] }],
    });
    expect(decideCalendar('vn', known, shuffled, units, october(2))).toEqual({ ok: true, value: undefined });
  });

  it('is refused with every fault: what cannot be computed with, and units that are not recorded', () => {
    const decided = decideCalendar('vn', [], aCalendar({ termDays: [7], overrides: [{ unit: 'H44.8' }] }), units, october(2));
    expect(decided).toMatchObject({
      ok: false,
      error: [{ code: 'CALENDAR.NO_WORKING_TIME', path: 'officeHours' }, { code: 'CALENDAR.UNKNOWN_UNIT', path: 'overrides.0.unit' }],
    });
  });

  it('is refused if it does not fit into one record', () => {
    const overrides = Array.from({ length: 700 }, (_, index) => ({
      unit: 'H44.1', validFrom: '2026-01-01', validTo: '2026-12-31', daysOff: [{ day: '2026-07-01', name: `Lễ hội số ${index}` }],
    }));
    const decided = decideCalendar('vn', [], aCalendar({ overrides }), units, october(2));
    expect(decided).toMatchObject({ ok: false, error: [{ code: 'CALENDAR.TOO_LARGE' }] });
  });

  it('is refused after two hundred', () => {
    const full = recorded(...Array.from({ length: 200 }, (_, index) => aCalendar({ source: `announcement ${index}` })));
    expect(decideCalendar('vn', full, aCalendar(), units, october(2))).toMatchObject({ ok: false, error: [{ code: 'CALENDAR.TOO_MANY_VERSIONS' }] });
  });

  it('is a definition that working time is computed with', () => {
    const definition = definitionOf('vn', { version: 3, recordedAt: october(1), content: aCalendar() });
    expect(calendarFor(definition, []).reference).toBe('vn@3');
  });
});

describe('what one unit has otherwise', () => {
  it('is added to the calendar as a new version, in the place of what it had', () => {
    const decided = decideOverrides('vn', history, unitCode('H44.2'), [{ extraTermDays: [6] }], units, october(2));
    expect(decided).toMatchObject({
      ok: true,
      value: { version: 2, content: { overrides: [{ unit: 'H44.1', extraTermDays: [6] }, { unit: 'H44.2', extraTermDays: [6] }] } },
    });
    const replaced = decideOverrides('vn', history, unitCode('H44.1'), [{ extraTermDays: [7] }], units, october(2));
    expect(replaced).toMatchObject({ ok: true, value: { content: { overrides: [{ unit: 'H44.1', extraTermDays: [7] }] } } });
  });

  it('can be taken away', () => {
    const decided = decideOverrides('vn', history, unitCode('H44.1'), [], units, october(2));
    expect(decided.ok && decided.value?.content.overrides).toEqual([]);
  });

  it('is no new version if the unit has it already', () => {
    expect(decideOverrides('vn', history, unitCode('H44.1'), [{ extraTermDays: [6] }], units, october(2))).toEqual({ ok: true, value: undefined });
  });

  it('needs a calendar', () => {
    expect(decideOverrides('xx', [], unitCode('H44.1'), [], units, october(2))).toMatchObject({ ok: false, error: [{ code: 'CALENDAR.NOT_FOUND' }] });
  });
});
