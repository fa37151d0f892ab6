import type { mongo } from 'mongoose';
import type { IndexDeclaration } from '../connection/indexes';
import type { MongoDatabase } from '../connection/mongo-database';
import type { Fenced } from '../documents/fenced-documents';
import { findByIds } from '../documents/find-by-ids';
import { writeFenced, type FencedWrite, type Keyed } from '../documents/fenced-write';
import { retrying } from '../failures/retrying';

/** Twice: the command's own time limit, and what clocks and queues may add. */
const LATE_VISIBILITY_FACTOR = 2;

interface ReferenceRow extends Keyed {
  readonly rev: number;
  readonly changedAt: Date;
  readonly content: object;
}

/** What a read found, and from when the next one has to look. */
export interface ReferenceChanges<Content> {
  readonly documents: readonly Fenced<Content>[];
  readonly next: Date;
}

/**
 * Reference documents `{ _id, rev, changedAt, content }` that one consumer keeps and every member of the service reads
 * (`ReferenceCache`). `changedAt` is set by the server while it writes: no member's clock can hide a change.
 */
export class ReferenceCollection<Content extends object> {
  readonly indexes: readonly IndexDeclaration[];
  readonly #collection: mongo.Collection<ReferenceRow>;

  constructor(
    private readonly database: MongoDatabase,
    collection: string,
  ) {
    this.#collection = database.collection(collection);
    this.indexes = [
      { collection, name: 'changed_at', keys: { changedAt: 1 }, query: 'ReferenceCache: what changed since the last poll' },
    ];
  }

  /** Absent ids are absent from the map. */
  async findMany(ids: readonly string[]): Promise<Map<string, Fenced<Content>>> {
    const rows = await findByIds(this.database, this.#collection, ids);
    return new Map(rows.map((row) => [row._id, toFenced<Content>(row)]));
  }

  /** As `FencedDocuments.replaceMany`: answers the ids whose fence was lost. */
  replaceMany(documents: readonly Fenced<Content>[]): Promise<ReadonlySet<string>> {
    return writeFenced(this.#collection, documents.map(toWrite), this.database);
  }

  /**
   * Documents written at or after an instant of the server's clock (all without one), and the instant to ask with next:
   * a document may become visible as long after its `changedAt` as a command may take. So the same change is met poll
   * after poll: of what the reader knows at its revision (`knownRev`) nothing but that is read.
   */
  async changedSince(since: Date | undefined, knownRev: (id: string) => number = () => 0): Promise<ReferenceChanges<Content>> {
    const next = new Date(this.database.now() - LATE_VISIBILITY_FACTOR * this.database.commandTimeoutMs);
    if (since === undefined) return { documents: (await this.read({})).map((row) => toFenced<Content>(row)), next };
    const revisions = await this.read({ changedAt: { $gte: since } }, { rev: 1 });
    const unknown = revisions.filter(({ _id, rev }) => knownRev(_id) < rev).map(({ _id }) => _id);
    return { documents: unknown.length === 0 ? [] : [...(await this.findMany(unknown)).values()], next };
  }

  private read(filter: mongo.Filter<ReferenceRow>, projection?: Readonly<Record<string, 1>>): Promise<ReferenceRow[]> {
    const options = { ...(projection && { projection }), maxTimeMS: this.database.commandTimeoutMs, promoteBuffers: true };
    return retrying(() => this.#collection.find<ReferenceRow>(filter, options).toArray(), this.database.retry);
  }
}

function toFenced<Content>({ _id, rev, content }: ReferenceRow): Fenced<Content> {
  return { id: _id, rev, content: content as Content };
}

function toWrite<Content extends object>({ id, rev, content }: Fenced<Content>): FencedWrite<ReferenceRow> {
  return {
    id,
    operation: {
      updateOne: {
        filter: { _id: id, rev },
        update: { $set: { content, rev: rev + 1 }, $currentDate: { changedAt: true } },
        upsert: true,
      },
    },
  };
}
