import { addDays, civilDateOf, formatInstant, isStartOfDay, localDayOf, minuteOfDay, startOfDay, type Instant } from '@index766/kernel';

/** How one-stop systems write an instant: one form per system (national-sync.md). All are local time. */
export const INSTANT_FORMS = ['compact', 'slashed', 'spaced', 'iso'] as const;
export type InstantForm = (typeof INSTANT_FORMS)[number];

/** The instant as local time, to the second. */
export function writeInstant(instant: Instant, form: InstantForm): string {
  const { year, month, day } = civilDateOf(localDayOf(instant));
  const minute = Math.floor(minuteOfDay(instant));
  const date = [String(year), two(month), two(day)] as const;
  const time = [two(Math.floor(minute / 60)), two(minute % 60), two(Math.floor((instant / 1000) % 60))] as const;
  switch (form) {
    case 'compact':
      return [...date, ...time].join('');
    case 'slashed':
      return `${date[2]}/${date[1]}/${date[0]} ${time.join(':')}`;
    case 'spaced':
      return `${date.join('-')} ${time.join(':')}`;
    case 'iso':
      return `${date.join('-')}T${time.join(':')}+07:00`;
  }
}

/** A due instant: 24:00 of a day is written as 00:00 of that same day, which readers take for its end. */
export function writeDue(instant: Instant, form: InstantForm): string {
  return writeInstant(isStartOfDay(instant) ? startOfDay(addDays(localDayOf(instant), -1)) : instant, form);
}

/** When the sample says that an element was recorded: RFC 3339. */
export function writeRecordedAt(instant: Instant): string {
  return formatInstant(instant);
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
