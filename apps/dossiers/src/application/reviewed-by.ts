import { dossierTopic } from '@index766/contracts-dossiers';
import { localDayOf, type Instant } from '@index766/kernel';
import type { DossierState } from '../domain/dossier-state';
import { whatIsKnown } from '../domain/known-dossier';
import { reviewDue, type ReviewedDossier } from '../domain/review-due';
import type { Reference } from './reference';

/** A dossier with the due instant that these reference records give it; undefined: it does not move, or too little of it is known. */
export function reviewedBy(reference: Reference, state: DossierState, now: Instant): ReviewedDossier | undefined {
  const { procedure, unit, events: { received } } = whatIsKnown(state.facts);
  if (procedure === undefined || unit === undefined || received === undefined) return undefined;
  const day = localDayOf(received.at);
  return reviewDue(state, {
    topic: dossierTopic.name,
    recordedAt: now,
    ...reference.dueReferenceOn(day),
    calendarVersion: reference.calendarOf(unit, day).reference,
    procedureVersion: reference.procedureVersionOf(procedure, unit, day),
  });
}
