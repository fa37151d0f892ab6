import type { DueReference } from '@index766/dossier-life';
import { VIETNAM_CALENDAR, calendarFor, type Term } from '@index766/working-time';

/** A reference in which every procedure has the same term and every unit the national calendar. */
export function dueReference(term: Term | null = { kind: 'working-days', amount: 5 }): DueReference {
  const calendar = calendarFor(VIETNAM_CALENDAR, []);
  return { termOf: () => term, calendarOf: () => calendar };
}
