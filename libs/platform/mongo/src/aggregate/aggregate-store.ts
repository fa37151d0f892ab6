import { ok, refused, type Result } from '@index766/kernel';
import type { mongo } from 'mongoose';
import type { IndexDeclaration } from '../connection/indexes';
import type { MongoDatabase } from '../connection/mongo-database';
import { findByIds, inclusionOf } from '../documents/find-by-ids';
import { writeFenced } from '../documents/fenced-write';
import { outboxIndex } from '../relay/outbox';
import { pause } from '../timing';
import {
  fromDocument, newAggregate, toWrite, type Aggregate, type AggregateChange, type AggregateRow, type StateFields,
} from './aggregate-document';
import type { OutboxRecord } from './outbox-entry';

const DEFAULT_OUTBOX_LIMIT = 500;
const UPDATE_ATTEMPTS = 16;
const CONTENTION_PAUSE_MS = 5;
/**
 * A decision is saved within this time or taken again. With the longest save after it (18 s: five seconds in which it is
 * repeated, the time limit of the last command) it stays below the grace of the watermarks: a member that was stopped
 * between its decision and its write says nothing about an instant that a watermark has passed.
 */
const DECISION_HOLDS_MS = 10_000;

export interface SaveOutcome {
  /**
   * Ids whose version moved since they were read (or whose write may have been repeated after a broken connection):
   * not written by this call as far as is known; or those that were read so long ago that the decision is too old. Load,
   * decide and save them again.
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
  /** Called after a save that left records or, having failed, may have: `(slots, collection) => relay.wake(slots, collection)`. */
  readonly onSaved?: (slots: ReadonlySet<number>, collection: string) => void;
  /** Longest time from a read to the save of what was decided on it; default 10,000. */
  readonly decisionHoldsMs?: number;
}

/**
 * Aggregates as documents `{ _id, version, slot, outbox, outboxAt, ...state }`, saved by compare-and-set on `version`
 * together with the records they send.
 */
export class AggregateStore<State extends StateFields<State>> {
  /** For `ensureIndexes`. */
  readonly indexes: readonly IndexDeclaration[];
  /** For the relay. */
  readonly outbox: { readonly collection: string };
  readonly #collection: mongo.Collection<AggregateRow>;
  readonly #outboxLimit: number;
  readonly #decisionHoldsMs: number;

  constructor(
    private readonly database: MongoDatabase,
    private readonly options: AggregateStoreOptions,
  ) {
    const { collection, outboxLimit = DEFAULT_OUTBOX_LIMIT, decisionHoldsMs = DECISION_HOLDS_MS } = options;
    this.indexes = [outboxIndex(collection)];
    this.outbox = { collection };
    this.#collection = database.collection(collection);
    this.#outboxLimit = outboxLimit;
    this.#decisionHoldsMs = decisionHoldsMs;
  }

  /** Absent ids are absent from the map. `fields` reads those top-level fields of the state only. */
  findMany(ids: readonly string[]): Promise<Map<string, Aggregate<State>>>;
  findMany<Field extends keyof State & string>(
    ids: readonly string[],
    fields: readonly Field[],
  ): Promise<Map<string, Aggregate<Pick<State, Field>>>>;
  async findMany(ids: readonly string[], fields?: readonly string[]): Promise<Map<string, Aggregate<State>>> {
    // Of the outbox only its length matters here; while the broker is away its bytes would be most of the document.
    const projection = fields
      ? inclusionOf([...fields, 'version', 'outbox.version'])
      : ({ 'outbox.value': 0, 'outbox.headers': 0 } as const);
    const readAt = performance.now();
    const rows = await findByIds(this.database, this.#collection, ids, projection);
    return new Map(rows.map((row) => [row._id, fromDocument<State>(row, readAt)]));
  }

  async find(id: string): Promise<Aggregate<State> | undefined> {
    return (await this.findMany([id])).get(id);
  }

  /**
   * Unordered bulk writes sorted by id, one for new aggregates and one for the others; each id at most once. Rejects for I/O
   * (`isDatabaseAway`), a document that vanished or a bug only; some of the changes may then be saved.
   */
  async saveMany(changes: readonly AggregateChange<State>[]): Promise<SaveOutcome> {
    const full = new Set(changes.filter((change) => this.isFull(change)).map(({ of }) => of.id));
    const oldest = performance.now() - this.#decisionHoldsMs;
    const stale = changes.filter(({ of }) => of.readAt !== undefined && of.readAt < oldest).map(({ of }) => of.id);
    const tooOld = new Set(stale.filter((id) => !full.has(id)));
    const accepted = changes.filter(({ of }) => !full.has(of.id) && !tooOld.has(of.id));
    const now = new Date(this.database.now());
    const writes = accepted.map((change) => toWrite(change, this.options.slotOf(change.of.id), now));
    try {
      const lost = await writeFenced(this.#collection, writes, this.database);
      return { lost: tooOld.size === 0 ? lost : new Set([...lost, ...tooOld]), full };
    } finally {
      // When it failed, too: a part may be saved, whose records would wait for the sweep. A needless wake costs one read.
      this.announce(accepted);
    }
  }

  /**
   * Loads, decides, saves; decides again on the newer state when another writer was faster. `decide` may run several
   * times and does no I/O. Refuses with AGGREGATE.CONTENDED or OUTBOX.FULL: both mean "try later" (HTTP 503).
   */
  async update<Answer>(
    id: string,
    decide: (aggregate: Aggregate<State> | undefined) => Result<Decision<State, Answer>>,
  ): Promise<Result<Answer>> {
    for (let attempt = 1; attempt <= UPDATE_ATTEMPTS; attempt += 1) {
      const aggregate = await this.find(id);
      const decided = decide(aggregate);
      if (!decided.ok) return decided;
      const { answer, set = {}, unset = [], records = [] } = decided.value;
      if (Object.keys(set).length + unset.length + records.length === 0) return ok(answer);
      const { lost, full } = await this.saveMany([{ of: aggregate ?? newAggregate(id), set, unset, records }]);
      if (full.has(id)) return refused('OUTBOX.FULL', 'too many records of this aggregate wait for the broker: try later');
      if (!lost.has(id)) return ok(answer);
      await pause(CONTENTION_PAUSE_MS * attempt * Math.random());
    }
    return refused('AGGREGATE.CONTENDED', 'many writers change this aggregate at once: try later');
  }

  private isFull({ of, records = [] }: AggregateChange<State>): boolean {
    // A change that alone exceeds the limit must still get through once nothing else waits.
    return records.length > 0 && of.pending > 0 && of.pending + records.length > this.#outboxLimit;
  }

  private announce(changes: readonly AggregateChange<State>[]): void {
    const slots = new Set(changes.filter(({ records }) => records?.length).map(({ of }) => this.options.slotOf(of.id)));
    if (slots.size > 0) this.options.onSaved?.(slots, this.options.collection);
  }
}
