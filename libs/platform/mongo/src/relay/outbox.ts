import type { mongo } from 'mongoose';
import type { AggregateRow } from '../aggregate/aggregate-document';
import type { OutboxEntry } from '../aggregate/outbox-entry';
import type { IndexDeclaration } from '../connection/indexes';
import type { MongoDatabase } from '../connection/mongo-database';
import { retrying } from '../failures/retrying';

/** Most documents and about the most bytes of one round: bounds the relay's memory and the size of one send. */
const ROUND_DOCUMENTS = 500;
const ROUND_BYTES = 8 * 1024 * 1024;

/** Where the records of one kind of aggregate wait (`AggregateStore.outbox`). */
export interface OutboxCollection {
  readonly collection: string;
}

/** One document's waiting entries, in the order in which they were decided. */
export interface OutboxDocument {
  readonly id: string;
  readonly version: number;
  readonly slot: number;
  readonly entries: readonly OutboxEntry[];
}

export interface OutboxRound {
  readonly documents: readonly OutboxDocument[];
  /** False when more waits in the slots that were asked for. */
  readonly complete: boolean;
}

export interface SlotBacklog {
  readonly slot: number;
  readonly entries: number;
  /** When the oldest document with waiting entries was first saved with one, or somewhat earlier; never later. */
  readonly oldestAt: Date;
}

export function outboxIndex(collection: string): IndexDeclaration {
  return {
    collection,
    name: 'outbox_by_slot',
    keys: { slot: 1, outboxAt: 1 },
    // Most documents have nothing waiting: they are not in the index, and clearing an outbox only removes a key.
    partialFilterExpression: { outboxAt: { $exists: true } },
    query: 'Relay: documents of leased slots with records that have not left; oldest of each slot for the watermarks',
  };
}

/** Reading and clearing of the waiting records of one collection. */
export class Outbox {
  readonly #collection: mongo.Collection<AggregateRow>;

  constructor(
    private readonly database: MongoDatabase,
    { collection }: OutboxCollection,
  ) {
    this.#collection = database.collection(collection);
  }

  /**
   * Waiting entries of some slots, whole documents, in no order between documents: what one key sends is in one
   * document. Reads what a majority has: an entry that a fail-over could take back must not have been sent.
   */
  async read(slots: readonly number[]): Promise<OutboxRound> {
    const documents: OutboxDocument[] = [];
    let bytes = 0;
    const cursor = this.#collection.find(waitingIn(slots), {
      projection: { version: 1, slot: 1, outbox: 1 },
      limit: ROUND_DOCUMENTS,
      batchSize: ROUND_DOCUMENTS,
      promoteBuffers: true,
      readConcern: { level: 'majority' },
      maxTimeMS: this.database.commandTimeoutMs,
    });
    try {
      for await (const document of cursor) {
        const { _id: id, version, slot, outbox: entries = [] } = document;
        documents.push({ id, version, slot, entries });
        bytes += entries.reduce((sum, { value }) => sum + (value?.byteLength ?? 0), 0);
        if (bytes >= ROUND_BYTES) return { documents, complete: false };
      }
    } finally {
      await cursor.close();
    }
    return { documents, complete: documents.length < ROUND_DOCUMENTS };
  }

  /**
   * Takes out what was sent: one update for all documents of the same version, because a server finds and changes many
   * documents of one update for a fraction of what as many updates cost. A document that nobody wrote since it was read is
   * cleared whole; of one that was written since, the entries up to the version that was read go, and `outboxAt`
   * stays: too old is safe, the next round mends it. So a member whose lease ended while it was sending takes out only
   * what it has sent itself.
   */
  async clear(documents: readonly OutboxDocument[]): Promise<void> {
    const sorted = [...documents].sort((a, b) => (a.id < b.id ? -1 : 1));
    const cleared = await this.write(
      [...idsByVersion(sorted)].map(([version, ids]) => ({
        updateMany: { filter: { _id: { $in: ids }, version }, update: { $set: { outbox: [] }, $unset: { outboxAt: '' as const } } },
      })),
    );
    if (cleared.matchedCount === sorted.length) return;
    await this.write(
      sorted.map(({ id, version }) => ({
        updateOne: {
          filter: { _id: id, version: { $gt: version } },
          update: { $pull: { outbox: { version: { $lte: version } } } },
        },
      })),
    );
  }

  /** Whether anything waits; much cheaper than `backlog`. */
  async isEmpty(slots: readonly number[]): Promise<boolean> {
    const waiting = await this.#collection.findOne(waitingIn(slots), {
      projection: { _id: 1 },
      readConcern: { level: 'majority' },
      maxTimeMS: this.database.commandTimeoutMs,
    });
    return waiting === null;
  }

  /** What waits, by slot; slots with nothing waiting are absent. Reads every waiting document. */
  async backlog(slots: readonly number[]): Promise<SlotBacklog[]> {
    const groups = await this.#collection
      .aggregate<{ _id: number; entries: number; oldestAt: Date }>(
        [
          { $match: waitingIn(slots) },
          { $group: { _id: '$slot', entries: { $sum: { $size: '$outbox' } }, oldestAt: { $min: '$outboxAt' } } },
        ],
        { readConcern: { level: 'majority' }, maxTimeMS: this.database.commandTimeoutMs },
      )
      .toArray();
    return groups.map(({ _id, entries, oldestAt }) => ({ slot: _id, entries, oldestAt }));
  }

  private write(operations: mongo.AnyBulkWriteOperation<AggregateRow>[]): Promise<mongo.BulkWriteResult> {
    return retrying(
      () => this.#collection.bulkWrite(operations, { ordered: false, maxTimeMS: this.database.commandTimeoutMs }),
      this.database.retry,
    );
  }
}

function idsByVersion(documents: readonly OutboxDocument[]): ReadonlyMap<number, string[]> {
  const groups = new Map<number, string[]>();
  for (const { id, version } of documents) {
    const group = groups.get(version);
    if (group === undefined) groups.set(version, [id]);
    else group.push(id);
  }
  return groups;
}

function waitingIn(slots: readonly number[]): mongo.Filter<AggregateRow> {
  return { slot: { $in: [...slots] }, outboxAt: { $exists: true } };
}
