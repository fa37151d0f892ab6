import type { DocumentFact } from '@index766/document-life';
import { instantOf, type DossierId } from '@index766/kernel';
import type { RememberedCommand } from '@index766/platform-mongo';
import type { CommandAnswer } from '../application/ports';
import type { DocumentsState } from '../domain/documents-state';

/**
 * The papers of a dossier in the collection `documents`. Facts and what pushes need are JSON texts: they are read and
 * written whole, and no query looks into them.
 */
export interface DocumentsFields {
  /** `[kind, occurredAt, recordedAt, marks, body]` each, in the order of their sequence. */
  readonly facts: string;
  /** What of the state no fact holds: `Memory`. */
  readonly memory: string;
  readonly commands: readonly RememberedCommand<CommandAnswer>[];
}

type Memory = Omit<DocumentsState, 'dossier' | 'facts'>;

type StoredFact = readonly [DocumentFact['kind'], number, number, number, DocumentFact['body']];

const INFERRED = 1;
const BACKFILL = 2;

/** Takes what was stored for what it is: it was checked when it was accepted. */
export function reconstituteDocuments(dossier: DossierId, { facts, memory }: Pick<DocumentsFields, 'facts' | 'memory'>): DocumentsState {
  const stored = JSON.parse(facts) as readonly StoredFact[];
  return {
    dossier, ...(JSON.parse(memory) as Memory),
    facts: stored.map((fact, index) => reconstituteFact(dossier, fact, index + 1)),
  };
}

/** All fields but the commands. */
export function documentsFields({ dossier: _dossier, facts, ...memory }: DocumentsState): Omit<DocumentsFields, 'commands'> {
  return { facts: JSON.stringify(facts.map(toStoredFact)), memory: JSON.stringify(memory satisfies Memory) };
}

function reconstituteFact(dossier: DossierId, [kind, occurredAt, recordedAt, marks, body]: StoredFact, sequence: number): DocumentFact {
  return {
    kind, dossier, occurredAt: instantOf(occurredAt), recordedAt: instantOf(recordedAt), sequence,
    timeBasis: (marks & INFERRED) === 0 ? 'stated' : 'inferred',
    ...((marks & BACKFILL) === 0 ? {} : { backfill: true }),
    body,
  } as DocumentFact;
}

function toStoredFact({ kind, occurredAt, recordedAt, timeBasis, backfill, body }: DocumentFact): StoredFact {
  return [kind, occurredAt, recordedAt, (timeBasis === 'inferred' ? INFERRED : 0) | (backfill === true ? BACKFILL : 0), body];
}
