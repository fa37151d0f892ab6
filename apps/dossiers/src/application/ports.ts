import type { DossierFact } from '@index766/dossier-life';
import type { DossierId, Instant, Result } from '@index766/kernel';
import type { AggregateRef, RememberedCommand, SaveOutcome } from '@index766/platform-mongo';
import type { DossierState } from '../domain/dossier-state';
import type { IntakeEntry } from '../domain/intake-entry';
import type { SeenOfficer } from '../domain/seen-officer';
import type { SourceState, ToldSource } from '../domain/source-state';

export interface Clock {
  now(): Instant;
}

/** What a command is answered with, and again when it is repeated under the same Idempotency-Key. */
export interface CommandAnswer {
  readonly dossier: string;
  /** The facts that it led to; empty where it said nothing new. */
  readonly facts: readonly { readonly kind: string; readonly sequence: number; readonly occurredAt: string; readonly recordedAt: string }[];
}

export interface StoredDossier {
  readonly ref: AggregateRef;
  readonly state: DossierState;
}

export interface CommandedDossier extends StoredDossier {
  readonly commands: readonly RememberedCommand<CommandAnswer>[];
}

export interface DossierChange {
  readonly of: AggregateRef;
  readonly state: DossierState;
  /** New facts; `state` has them too. They leave with the document's write. */
  readonly facts: readonly DossierFact[];
  readonly intake: readonly IntakeEntry[];
  /** Absent: they stay as they are. */
  readonly commands?: readonly RememberedCommand<CommandAnswer>[];
}

/** Dossiers, each loaded and saved whole. */
export interface Dossiers {
  /** Absent ids are absent from the map. One query. */
  findMany(ids: readonly DossierId[]): Promise<ReadonlyMap<DossierId, StoredDossier>>;
  findWithCommands(id: DossierId): Promise<CommandedDossier | undefined>;
  /** One bulk write; tells which lost to another writer and which have too many records waiting. Each id at most once. */
  saveMany(changes: readonly DossierChange[]): Promise<SaveOutcome>;
}

/** Officers as sources name them. */
export interface SeenOfficers {
  /** Makes sure that each is known as it is named here, and announced on the restricted topic. */
  remember(officers: readonly SeenOfficer[], recordedAt: Instant): Promise<void>;
}

/** Source systems. */
export interface Sources {
  /** Takes what is decided of a source, with its fact, in one write; answers how it stands then. */
  tell(source: string, decide: (state: SourceState) => Result<ToldSource | null>): Promise<Result<SourceState>>;
}
