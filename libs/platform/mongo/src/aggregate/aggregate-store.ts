import type { Result } from '@index766/kernel';
import type { IndexDeclaration } from '../connection/indexes';
import type { MongoDatabase } from '../connection/mongo-database';
import type { OutboxCollection } from '../relay/relay';

/** One record that leaves with the document's write: final, validated bytes (value ≤ 64 kB). */
export interface OutboxRecord {
  readonly topic: string;
  readonly key: string;
  readonly sequence: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Uint8Array;
}

/** What a change is compared with. Version 0 = there is no document yet. */
export interface AggregateRef {
  readonly id: string;
  readonly version: number;
  /** Records that had not left when it was read. */
  readonly pending: number;
}

export interface Aggregate<State> extends AggregateRef {
  readonly state: State;
}

export interface AggregateChange<State> {
  /** As it was read, or `newAggregate(id)`. */
  readonly of: AggregateRef;
  /** Top-level fields of the state to write; the others stay. A new aggregate states all of them. */
  readonly set: Partial<State>;
  readonly unset?: readonly (keyof State & string)[];
  readonly records?: readonly OutboxRecord[];
}

export interface SaveOutcome {
  /**
   * Ids whose version moved since they were read (or whose write may have been repeated after a broken connection):
   * not written by this call as far as is known. Load, decide and save them again.
   */
  readonly lost: ReadonlySet<string>;
  /** Ids not written because too many records wait in their outbox: code OUTBOX.FULL; HTTP 503, a consumer pauses. */
  readonly full: ReadonlySet<string>;
}

/** What `update`'s function decides: nothing to write (`answer` alone), or a change. */
export interface Decision<State, Answer> {
  readonly answer: Answer;
  readonly set?: Partial<State>;
  readonly unset?: readonly (keyof State & string)[];
  readonly records?: readonly OutboxRecord[];
}

export interface AggregateStoreOptions {
  readonly collection: string;
  /** Slot of an aggregate = partition of its key: `(id) => partitionOf(id, partitions)`. */
  readonly slotOf: (id: string) => number;
  /** Most records that may wait in one document; default 500. */
  readonly outboxLimit?: number;
  /** Called after a save that left records, with their slots: `(slots) => relay.wake(slots)`. */
  readonly onSaved?: (slots: ReadonlySet<number>) => void;
}

export declare function newAggregate(id: string): AggregateRef;

/**
 * Aggregates as documents `{ _id, version, slot, outbox, outboxAt, ...state }`, saved by compare-and-set on `version`
 * together with the records they send.
 */
export declare class AggregateStore<State extends object> {
  constructor(database: MongoDatabase, options: AggregateStoreOptions);
  /** For `ensureIndexes`. */
  readonly indexes: readonly IndexDeclaration[];
  /** For the relay. */
  readonly outbox: OutboxCollection;
  /** Absent ids are absent from the map. One query. */
  findMany(ids: readonly string[]): Promise<Map<string, Aggregate<State>>>;
  findMany<K extends keyof State & string>(
    ids: readonly string[],
    fields: readonly K[],
  ): Promise<Map<string, Aggregate<Pick<State, K>>>>;
  find(id: string): Promise<Aggregate<State> | undefined>;
  /** One unordered bulk write sorted by id; each id at most once. Rejects only for I/O (`isDatabaseAway`) or a bug. */
  saveMany(changes: readonly AggregateChange<State>[]): Promise<SaveOutcome>;
  /**
   * Loads, decides, saves; decides again on the newer state when another writer was faster. `decide` may run several
   * times and does no I/O. Refuses with AGGREGATE.CONTENDED or OUTBOX.FULL (both mean: try later).
   */
  update<Answer>(
    id: string,
    decide: (aggregate: Aggregate<State> | undefined) => Result<Decision<State, Answer>>,
  ): Promise<Result<Answer>>;
}
