import { VIETNAM_CALENDAR } from '@index766/working-time';
import { changedCalendar, type CalendarChange } from './calendar-change';

const NOTHING: CalendarChange = { holidays: [], makeUpDays: [], withdrawn: [] };
const [HOLIDAY] = VIETNAM_CALENDAR.holidays;
const changed = (change: Partial<CalendarChange>) => {
  const made = changedCalendar(VIETNAM_CALENDAR, { ...NOTHING, ...change });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
};

describe('a calendar with what was announced', () => {
  it('is the next version of it, otherwise the same', () => {
    expect(changed({})).toEqual({ ...VIETNAM_CALENDAR, version: VIETNAM_CALENDAR.version + 1 });
  });

  it('has the days that were added', () => {
    const added = { day: '2026-10-12', name: 'Nghỉ bù' };
    expect(changed({ holidays: [added] }).holidays).toEqual([added, ...VIETNAM_CALENDAR.holidays]);
  });

  it('has a day once: the entry that was announced last', () => {
    const day = HOLIDAY?.day ?? '';
    const worked = { day, name: 'Làm bù', hoursOf: 1 as const };
    expect(changed({ makeUpDays: [worked] })).toMatchObject({
      holidays: VIETNAM_CALENDAR.holidays.slice(1), makeUpDays: [worked, ...VIETNAM_CALENDAR.makeUpDays],
    });
  });

  it('has no entry that was withdrawn', () => {
    expect(changed({ withdrawn: [HOLIDAY?.day ?? ''] }).holidays).toEqual(VIETNAM_CALENDAR.holidays.slice(1));
  });

  it('is refused by the place in what was announced', () => {
    expect(changedCalendar(VIETNAM_CALENDAR, { ...NOTHING, holidays: [{ day: '1999-01-01', name: 'Quá sớm' }] })).toMatchObject({
      ok: false, error: [{ code: 'CALENDAR.DAY_NOT_COVERED', path: 'holidays.0.day' }],
    });
  });
});
