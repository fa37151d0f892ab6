import type { mongo } from 'mongoose';
import type { MongoDatabase } from '../connection/mongo-database';
import { writeFenced, type FencedWrite, type Keyed } from './fenced-write';
import { findByIds, inclusionOf } from './find-by-ids';

/** A document and the revision it was read at; revision 0 = there is none yet. */
export interface Fenced<Content> {
  readonly id: string;
  readonly rev: number;
  readonly content: Content;
}

interface FencedRow extends Keyed {
  readonly rev: number;
}

/** Documents `{ _id, rev, ...content }` of a consumer, replaced only if nobody else replaced them since they were read. */
export class FencedDocuments<Content extends object> {
  readonly #collection: mongo.Collection<FencedRow>;

  constructor(
    private readonly database: MongoDatabase,
    collection: string,
  ) {
    this.#collection = database.collection(collection);
  }

  /** Absent ids are absent from the map. `fields` reads those top-level fields only. */
  findMany(ids: readonly string[]): Promise<Map<string, Fenced<Content>>>;
  findMany<Field extends keyof Content & string>(
    ids: readonly string[],
    fields: readonly Field[],
  ): Promise<Map<string, Fenced<Pick<Content, Field>>>>;
  async findMany(ids: readonly string[], fields?: readonly string[]): Promise<Map<string, Fenced<Content>>> {
    const projection = fields && inclusionOf([...fields, 'rev']);
    const rows = await findByIds(this.database, this.#collection, ids, projection);
    return new Map(rows.map((row) => [row._id, toFenced<Content>(row)]));
  }

  /**
   * Replaces all in unordered bulk writes sorted by id; `rev` is the revision that was read (0 for a new document).
   * Answers the ids whose fence was lost, or may have been lost in a broken connection: read and fold exactly those
   * again. Rejects for I/O (`isDatabaseAway`) or a bug only.
   */
  replaceMany(documents: readonly Fenced<Content>[]): Promise<ReadonlySet<string>> {
    return writeFenced(this.#collection, documents.map(toWrite), this.database);
  }
}

function toFenced<Content>({ _id, rev, ...content }: FencedRow): Fenced<Content> {
  return { id: _id, rev, content: content as Content };
}

function toWrite<Content extends object>({ id, rev, content }: Fenced<Content>): FencedWrite<FencedRow> {
  const replacement = { ...content, rev: rev + 1 };
  if (rev === 0) return { id, operation: { insertOne: { document: { _id: id, ...replacement } } } };
  return {
    id,
    // No `remnant`: the whole document is written. Should it have vanished meanwhile, this restores it.
    operation: { replaceOne: { filter: { _id: id, rev }, replacement, upsert: true } },
  };
}
