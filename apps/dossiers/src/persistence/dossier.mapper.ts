import { dossierTopic } from '@index766/contracts-dossiers';
import type { DossierFact } from '@index766/dossier-life';
import { instantOf, type DossierId } from '@index766/kernel';
import type { RememberedCommand } from '@index766/platform-mongo';
import type { CommandAnswer } from '../application/ports';
import type { DossierState, DueMove } from '../domain/dossier-state';
import { mayMoveWithReference } from '../domain/review-due';

/**
 * A dossier's fields in the collection `dossiers`. Facts and what pushes need are JSON texts: they are read and written
 * whole, no query looks into them, and one text is several times cheaper than as many small documents (ADR 0023).
 */
export interface DossierFields {
  /** `[kind, occurredAt, recordedAt, marks, body]` each, in the order of their sequence. */
  readonly facts: string;
  /** What of the state no fact holds: `PushMemory`. */
  readonly push: string;
  readonly commands: readonly RememberedCommand<CommandAnswer>[];
  /** Only where due instants were set anew by a change of reference records. */
  readonly moves?: readonly StoredMove[];
  /** Only while a change of reference records may move the due instant: open, and the due computed or unknown. */
  readonly moving?: true;
}

export interface StoredMove {
  readonly causedBy: string;
  readonly before: Date | null;
  readonly after: Date;
  readonly recordedAt: Date;
  readonly counts: boolean;
}

type PushMemory = Pick<DossierState, 'rank' | 'seen' | 'passedOn' | 'conflicts' | 'intakeCount'>;

type StoredFact = readonly [DossierFact['kind'], number, number, number, DossierFact['body']];

const INFERRED = 1;
const BACKFILL = 2;

/** Takes what was stored for what it is: it was checked when it was accepted. */
export function reconstituteDossier(id: DossierId, { facts, push, moves }: Pick<DossierFields, 'facts' | 'push' | 'moves'>): DossierState {
  const memory = JSON.parse(push) as PushMemory;
  const stored = JSON.parse(facts) as readonly StoredFact[];
  return { dossier: id, ...memory, facts: stored.map((fact, index) => reconstituteFact(id, fact, index + 1)), moves: (moves ?? []).map(toMove) };
}

/** All fields but the commands, and which optional ones must not be there. */
export function dossierFields(state: DossierState): { readonly set: Omit<DossierFields, 'commands'>; readonly unset: readonly ('moving')[] } {
  const { rank, seen, passedOn, conflicts, intakeCount, moves } = state;
  const memory: PushMemory = { rank, seen, passedOn, conflicts, intakeCount };
  const isMoving = mayMoveWithReference(state.facts);
  return {
    set: {
      facts: JSON.stringify(state.facts.map(toStoredFact)),
      push: JSON.stringify(memory),
      ...(moves.length === 0 ? {} : { moves: moves.map(toStoredMove) }),
      ...(isMoving ? { moving: true } : {}),
    },
    unset: isMoving ? [] : ['moving'],
  };
}

function reconstituteFact(dossier: DossierId, [kind, occurredAt, recordedAt, marks, body]: StoredFact, sequence: number): DossierFact {
  const head = {
    kind, dossier, occurredAt, recordedAt, topic: dossierTopic.name, sequence,
    timeBasis: (marks & INFERRED) === 0 ? 'stated' : 'inferred',
    ...((marks & BACKFILL) === 0 ? {} : { backfill: true }),
  };
  return { ...head, body } as DossierFact;
}

function toStoredFact({ kind, occurredAt, recordedAt, timeBasis, backfill, body }: DossierFact): StoredFact {
  return [kind, occurredAt, recordedAt, (timeBasis === 'inferred' ? INFERRED : 0) | (backfill === true ? BACKFILL : 0), body];
}

export function toMove({ causedBy, before, after, recordedAt, counts }: StoredMove): DueMove {
  return {
    causedBy, counts, after: instantOf(after.getTime()), recordedAt: instantOf(recordedAt.getTime()),
    before: before === null ? null : instantOf(before.getTime()),
  };
}

function toStoredMove({ causedBy, before, after, recordedAt, counts }: DueMove): StoredMove {
  return { causedBy, before: before === null ? null : new Date(before), after: new Date(after), recordedAt: new Date(recordedAt), counts };
}
