import { endOfDay, parseInstant, parseLocalDay, type Instant } from '@index766/kernel';
import { statedDue } from '@index766/working-time';

/** A due date as a command states it: a day, or an instant at 00:00, means 24:00 of that day (lifecycle.md §2). */
export function parseDueText(text: string): Instant | undefined {
  const day = parseLocalDay(text);
  if (day !== undefined) return endOfDay(day);
  const instant = parseInstant(text);
  return instant === undefined ? undefined : statedDue(instant);
}
