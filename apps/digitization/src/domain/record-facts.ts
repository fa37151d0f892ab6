import type { DocumentFact, DocumentFactBodies, DocumentFactKind } from '@index766/document-life';
import { latest, ok, refused, type Instant, type Result } from '@index766/kernel';
import type { DocumentsChange } from './documents-state';

/** A fact that was decided and has no place among the others yet. */
export type NewFact = {
  readonly [Kind in DocumentFactKind]: {
    readonly kind: Kind;
    readonly occurredAt: Instant;
    readonly body: DocumentFactBodies[Kind];
    readonly timeBasis: 'stated' | 'inferred';
    readonly backfill?: boolean;
  };
}[DocumentFactKind];

/** The most facts that a dossier may have: whoever corrects without end is stopped here. */
export const MAX_FACTS = 1_000;

/** Numbers a new fact and takes it down: never before what was taken down last (architecture.md §2). */
export function recordFact({ state, facts }: DocumentsChange, added: NewFact, recordedAt: Instant): Result<DocumentsChange> {
  if (state.facts.length >= MAX_FACTS) return refused('DOCUMENT.TOO_MANY_FACTS', `a dossier has at most ${MAX_FACTS} facts about its papers`);
  const last = state.facts.at(-1);
  const { kind, occurredAt, body, timeBasis, backfill } = added;
  const fact = {
    kind, dossier: state.dossier, occurredAt, recordedAt: last === undefined ? recordedAt : latest(recordedAt, last.recordedAt),
    sequence: state.facts.length + 1, timeBasis, ...(backfill === true ? { backfill } : {}), body,
  } as DocumentFact;
  return ok({ state: { ...state, facts: [...state.facts, fact] }, facts: [...facts, fact] });
}
