import { failed, ok, parseLocalDay, weekdayOf, type Refusal, type Result, type Weekday } from '@index766/kernel';

import type { DayOff, MakeUpDay } from './definition';

export interface HolidayList {
  readonly holidays: readonly DayOff[];
  readonly makeUpDays: readonly MakeUpDay[];
}

const HEADER = 'date,kind,name';
const MONDAY: Weekday = 1;

/**
 * Reads a list of public holidays as it is announced: a header `date,kind,name`, then one day a line, kind `holiday` or
 * `make-up-working-day`. Every bad line is refused by its number.
 *
 * A make-up day takes the hours of the weekday that it replaces. The list says which only in the name of the day off:
 * "Ngày nghỉ (thay cho ngày 22/08/2026)" on 2026-08-31, a Monday, gives 2026-08-22 Monday's hours. Where no day off
 * names it, it has Monday's hours, as any full day of the week would do.
 */
export function readHolidayList(csv: string): Result<HolidayList, readonly Refusal[]> {
  const lines = csv.replace(/^\uFEFF/u, '').split(/\r?\n/u).map((text, index) => ({ text, number: index + 1 }));
  if (lines[0]?.text !== HEADER) return failed([lineFault(1, `the header is ${HEADER}`)]);
  const rows = lines.slice(1).filter(({ text }) => text.trim() !== '').map(readRow);
  const faults = rows.flatMap((row) => (row.ok ? [] : [row.error]));
  if (faults.length > 0) return failed(faults);

  const read = rows.flatMap((row) => (row.ok ? [row.value] : []));
  const holidays = read.filter(({ kind }) => kind === 'holiday').map(({ day, name }) => ({ day, name }));
  const replacedBy = new Map(holidays.flatMap(({ day, name }) => {
    const madeUpOn = makeUpDayNamedIn(name);
    return madeUpOn === undefined ? [] : [[madeUpOn, day] as const];
  }));
  const makeUpDays = read.filter(({ kind }) => kind === 'make-up-working-day').map(({ day, name }): MakeUpDay => {
    const replaces = replacedBy.get(day);
    const replacedDay = replaces === undefined ? undefined : parseLocalDay(replaces);
    return replaces === undefined || replacedDay === undefined
      ? { day, name, hoursOf: MONDAY }
      : { day, name, hoursOf: weekdayOf(replacedDay), replaces };
  });
  return ok({ holidays, makeUpDays });
}

interface Row {
  readonly day: string;
  readonly kind: 'holiday' | 'make-up-working-day';
  readonly name: string;
}

function readRow({ text, number }: { readonly text: string; readonly number: number }): Result<Row> {
  const [day = '', kind = '', ...rest] = text.split(',');
  const name = rest.join(',').trim();
  if (parseLocalDay(day) === undefined) return failed(lineFault(number, 'the first column is a day that exists, written 2026-09-02'));
  if (kind !== 'holiday' && kind !== 'make-up-working-day') {
    return failed(lineFault(number, 'the second column is holiday or make-up-working-day'));
  }
  return name === '' ? failed(lineFault(number, 'the third column names the day')) : ok({ day, kind, name });
}

/** `… thay cho ngày 22/08/2026 …` as `2026-08-22`. */
function makeUpDayNamedIn(name: string): string | undefined {
  const match = /thay cho ngày (\d{2})\/(\d{2})\/(\d{4})/u.exec(name.normalize('NFC'));
  return match ? `${match[3]}-${match[2]}-${match[1]}` : undefined;
}

function lineFault(number: number, detail: string): Refusal {
  return { code: 'CALENDAR.LIST_MALFORMED', detail, path: `line ${number}` };
}
