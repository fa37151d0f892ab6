import type { DocumentFact } from '@index766/document-life';
import type { IntakeMemory, IntakeRank } from '@index766/intake';
import type { DossierId, Instant } from '@index766/kernel';

/** What snapshots say of one thing: a component, a source of population data, a result. */
export interface Word {
  /** From when on it is so; null: they say that it is not. */
  readonly at: Instant | null;
  readonly rank: IntakeRank;
  /** How many facts about the thing their words led to. Fewer than there are: a restore brought facts back, not the words. */
  readonly told: number;
}

/** All that this service keeps of one dossier. */
export interface DocumentsState extends IntakeMemory {
  /** In the order of their sequence, from 1 without gaps. */
  readonly facts: readonly DocumentFact[];
  /** By thing (`thingOf`). */
  readonly words: Readonly<Record<string, Word>>;
}

/** A state and what is new in it: the new facts leave with the write of the state. */
export interface DocumentsChange {
  readonly state: DocumentsState;
  readonly facts: readonly DocumentFact[];
}

export function emptyDocuments(dossier: DossierId): DocumentsState {
  return { dossier, facts: [], intake: {}, units: [], words: {} };
}

export function unchanged(state: DocumentsState): DocumentsChange {
  return { state, facts: [] };
}

/** Whether the dossier exists, as far as has come here: a push passed on parts of it, or a fact of its life or its papers is known. */
export function isKnown({ facts, intake, units }: DocumentsState): boolean {
  return facts.length > 0 || units.length > 0 || Object.keys(intake).length > 0;
}
