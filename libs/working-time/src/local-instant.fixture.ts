import { instantOf, parseLocalDay, startOfDay, type Instant } from '@index766/kernel';

/** For specs: `2026-08-22 09:00` as an instant in Vietnam; 24:00 is the next day's 00:00, seconds may have a fraction. */
export function local(text: string): Instant {
  const [date = '', time = '00:00'] = text.split(' ');
  const day = parseLocalDay(date);
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  if (day === undefined) throw new Error(`no such day: ${date}`);
  return instantOf(startOfDay(day) + Math.round((hour * 3600 + minute * 60 + second) * 1000));
}
