import { foldDossier, restatedDueFacts, type DossierFact, type DossierFactOf, type StatementContext } from '@index766/dossier-life';
import { recordingInstant, type DossierState, type DueMove } from './dossier-state';
import { hasEnded, whatIsKnown } from './known-dossier';

type DueFact = DossierFactOf<'due-date-set'>;

/**
 * Whether another calendar or procedure may move the due instant: the dossier is open, and its due instant was computed
 * or there was nothing to compute it from (lifecycle.md §2).
 */
export function mayMoveWithReference(facts: readonly DossierFact[]): boolean {
  const known = whatIsKnown(facts);
  if (known.events.received === undefined || hasEnded(known)) return false;
  if (facts.some(({ kind }) => kind === 'dossier-voided')) return false;
  return lastDueOf(facts)?.body.basis !== 'stated';
}

/** A dossier with the due instant that the reference records of now give it. */
export interface ReviewedDossier {
  readonly state: DossierState;
  readonly facts: readonly DossierFact[];
}

/** What the due instants of a dossier are computed with now. */
export interface ReviewContext extends StatementContext {
  /** `vn@2`: names a move that the calendar caused. */
  readonly calendarVersion: string;
  /** `2.000815@3`: names a move that the procedure caused. */
  readonly procedureVersion: string;
}

/** Sets the due instant of an open dossier anew; undefined: it does not move. */
export function reviewDue(state: DossierState, context: ReviewContext): ReviewedDossier | undefined {
  if (!mayMoveWithReference(state.facts)) return undefined;
  const before = lastDueOf(state.facts);
  const isCalendar = before !== undefined && before.body.calendarVersion !== context.calendarVersion;
  const recordedAt = recordingInstant(state, context.recordedAt);
  const facts = restatedDueFacts(state.facts, isCalendar ? 'calendar-changed' : 'procedure-changed', { ...context, recordedAt });
  const after = facts[facts.length - 1];
  if (after === undefined) return undefined;
  const all = [...state.facts, ...facts];
  const move: DueMove = {
    causedBy: isCalendar ? context.calendarVersion : context.procedureVersion,
    before: before?.body.dueAt ?? null, after: after.body.dueAt, recordedAt,
    counts: !foldDossier(all).uncounted.some(({ sequence }) => sequence === after.sequence),
  };
  return { state: { ...state, facts: all, moves: [...state.moves, move] }, facts };
}

function lastDueOf(facts: readonly DossierFact[]): DueFact | undefined {
  return facts.findLast((fact): fact is DueFact => fact.kind === 'due-date-set');
}
