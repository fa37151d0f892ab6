import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { VN_2024_2027 } from './calendars/vn-2024-2027';
import { VIETNAM_CALENDAR } from './calendars/vietnam';
import { checkCalendar } from './check-calendar';
import { readHolidayList } from './holiday-list';

describe('the announced list of holidays', () => {
  it('is what the shipped calendar was generated from', () => {
    const csv = readFileSync(join(__dirname, 'calendars/vn-2024-2027.csv'), 'utf8');
    expect(readHolidayList(csv)).toEqual({ ok: true, value: VN_2024_2027 });
    expect(checkCalendar(VIETNAM_CALENDAR).ok).toBe(true);
  });

  it('gives a make-up day the hours of the weekday whose day off names it', () => {
    const list = readHolidayList(
      'date,kind,name\n2025-04-26,make-up-working-day,làm bù\n2025-05-02,holiday,Ngày nghỉ (thay cho ngày 26/04/2025)\n',
    );
    expect(list).toMatchObject({ ok: true, value: { makeUpDays: [{ day: '2025-04-26', hoursOf: 5, replaces: '2025-05-02' }] } });
  });

  it("gives a make-up day that no day off names Monday's hours", () => {
    const list = readHolidayList('date,kind,name\n2025-04-26,make-up-working-day,làm bù');
    expect(list).toEqual({ ok: true, value: { holidays: [], makeUpDays: [{ day: '2025-04-26', name: 'làm bù', hoursOf: 1 }] } });
  });

  it('keeps commas in a name, and reads a byte order mark and Windows line ends', () => {
    const list = readHolidayList('\uFEFFdate,kind,name\r\n2026-09-02,holiday,Quốc khánh, ngày nghỉ\r\n');
    expect(list).toMatchObject({ ok: true, value: { holidays: [{ day: '2026-09-02', name: 'Quốc khánh, ngày nghỉ' }] } });
  });

  it('refuses every bad line by its number', () => {
    const list = readHolidayList('date,kind,name\n2026-02-30,holiday,x\n2026-09-02,vacation,x\n2026-09-03,holiday,\n2026-09-04,holiday,x');
    expect(list.ok ? [] : list.error.map(({ path }) => path)).toEqual(['line 2', 'line 3', 'line 4']);
  });

  it('refuses a list without its header', () => {
    expect(readHolidayList('2026-09-02,holiday,Quốc khánh')).toMatchObject({ ok: false, error: [{ path: 'line 1' }] });
  });
});
