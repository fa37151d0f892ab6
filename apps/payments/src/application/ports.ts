import type { DossierId, Instant, Result } from '@index766/kernel';
import type { AggregateRef, RememberedCommand, SaveOutcome } from '@index766/platform-mongo';
import type { RecordTrace } from '@index766/platform-observability';
import type { PaymentsChange, PaymentsState } from '../domain/payments-state';
import type { ParkReason, ParkedEvent } from '../domain/provider-event';

export interface Clock {
  now(): Instant;
}

/** What a command is answered with, and again when it is repeated under the same Idempotency-Key. */
export interface CommandAnswer {
  readonly dossier: string;
  /** The facts that it led to; empty where it said nothing new. */
  readonly facts: readonly { readonly kind: string; readonly sequence: number; readonly occurredAt: string; readonly recordedAt: string }[];
}

export interface StoredPayments {
  readonly ref: AggregateRef;
  readonly state: PaymentsState;
}

export interface CommandedPayments extends StoredPayments {
  readonly commands: readonly RememberedCommand<CommandAnswer>[];
}

/** State, new facts and answers of one dossier; they leave in one document write. */
export interface SavedChange extends PaymentsChange {
  /** Absent: they stay as they are. */
  readonly commands?: readonly RememberedCommand<CommandAnswer>[];
}

/** What is saved of one dossier among others. */
export interface ToSave {
  readonly of: AggregateRef;
  readonly change: SavedChange;
  /** Of each new fact; absent: they belong to what runs now. */
  readonly traces?: readonly RecordTrace[];
}

export interface PaymentsDecision<Answer> {
  readonly answer: Answer;
  /** Absent: nothing is written. */
  readonly change?: SavedChange;
}

export interface ParkedPage {
  readonly items: readonly { readonly dossier: DossierId; readonly parked: readonly ParkedEvent[] }[];
  readonly next: DossierId | null;
}

/** The money of dossiers, each loaded and saved whole. */
export interface Payments {
  /** Absent ids are absent from the map. One query. */
  findMany(ids: readonly DossierId[]): Promise<ReadonlyMap<DossierId, StoredPayments>>;
  /** One bulk write; tells which lost to another writer and which have too many records waiting. Each id at most once. */
  saveMany(changes: readonly ToSave[]): Promise<SaveOutcome>;
  /**
   * Loads, decides, saves; decides again on the newer state when another writer was faster. `decide` does no I/O. Refuses
   * with AGGREGATE.CONTENDED or OUTBOX.FULL: both mean "try later".
   */
  update<Answer>(
    id: DossierId, decide: (stored: CommandedPayments | undefined) => Result<PaymentsDecision<Answer>>,
  ): Promise<Result<Answer>>;
  /** Dossiers with parked events, by their ids. */
  parkedPage(after: DossierId | undefined, limit: number): Promise<ParkedPage>;
  countParked(): Promise<ReadonlyMap<ParkReason, number>>;
}
