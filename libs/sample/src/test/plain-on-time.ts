import type { ReferenceProcedure } from '../reference';
import type { PlainCalendar } from './plain-calendar';
import type { ReadDossier } from './plain-reading';

export type PlainVerdict = 'not-counted' | 'on-time' | 'late';

/** Judges a dossier at the end of a period straight from lifecycle.md §3–4, sharing no code with what it checks. */
export function plainVerdict(
  dossier: ReadDossier, { start, end }: { readonly start: number; readonly end: number },
  procedures: ReadonlyMap<string, ReferenceProcedure>, calendar: PlainCalendar,
): PlainVerdict {
  const { receivedAt } = dossier;
  if (receivedAt === null || receivedAt >= end) return 'not-counted';
  const anEnd = dossier.endedAt ?? dossier.returnedAt;
  if (anEnd !== null && anEnd < start) return 'not-counted';
  const endedAt = anEnd !== null && anEnd < end ? anEnd : null;
  const supplements = dossier.supplements.filter(({ requestedAt }) => requestedAt < end);
  if (supplements.length > 1) return 'late';

  const term = procedures.get(dossier.procedure)?.term ?? null;
  let due = dossier.dueAt ?? (term === null ? null : calendar.dueOf(term, receivedAt));
  if (due === null) return endedAt === null ? 'on-time' : 'late';
  const [supplement] = supplements;
  const until = endedAt ?? end;
  const isWaiting = supplement !== undefined && (supplement.completedAt === null || supplement.completedAt >= until);
  if (supplement !== undefined && isWaiting) return supplement.requestedAt <= due ? 'on-time' : 'late';
  // A due date that had passed when the supplement was asked for is not moved any more.
  if (supplement !== undefined && supplement.completedAt !== null && supplement.requestedAt <= due) {
    due = supplement.newDueAt ?? calendar.movedByPause(due, supplement.requestedAt, supplement.completedAt);
  }
  return until <= due ? 'on-time' : 'late';
}
