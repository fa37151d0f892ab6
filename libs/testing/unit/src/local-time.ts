import { addDays, parseInstant, parseLocalDay, startOfDay, type Instant } from '@index766/kernel';

const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2}(?:\.\d{1,3})?)?)?$/;

/**
 * A local time in Viet Nam as an instant: `2026-10-01 08:00`, `2026-10-01 08:00:00.001`, `2026-10-01` (its 00:00),
 * `2026-10-01 24:00` (the next day's 00:00). Throws on anything else: a spec with a wrong date is a bug.
 */
export function local(text: string): Instant {
  const [, dayText = '', time = '00:00', seconds = ':00'] = LOCAL_TIME.exec(text) ?? [];
  const day = parseLocalDay(dayText);
  if (day === undefined) throw new RangeError(`no local time: ${text}`);
  if (time === '24:00') return startOfDay(addDays(day, 1));
  const instant = parseInstant(`${dayText}T${time}${seconds}+07:00`);
  if (instant === undefined) throw new RangeError(`no local time: ${text}`);
  return instant;
}

/** An instant, or a local time that names it. */
export type When = Instant | string;

export function when(at: When): Instant {
  return typeof at === 'string' ? local(at) : at;
}
