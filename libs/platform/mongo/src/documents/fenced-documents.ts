import type { MongoDatabase } from '../connection/mongo-database';

/** A document and the revision it was read at; revision 0 = there is none yet. */
export interface Fenced<Content> {
  readonly id: string;
  readonly rev: number;
  readonly content: Content;
}

/** Documents `{ _id, rev, ...content }` of a consumer, replaced only if nobody else replaced them since they were read. */
export declare class FencedDocuments<Content extends object> {
  constructor(database: MongoDatabase, collection: string);
  /** Absent ids are absent from the map. One query. */
  findMany(ids: readonly string[]): Promise<Map<string, Fenced<Content>>>;
  findMany<K extends keyof Content & string>(
    ids: readonly string[],
    fields: readonly K[],
  ): Promise<Map<string, Fenced<Pick<Content, K>>>>;
  /**
   * Replaces all in one unordered bulk write sorted by id; `rev` is the revision that was read (0 for a new document).
   * Answers the ids whose fence was lost: read and fold exactly those again.
   */
  replaceMany(documents: readonly Fenced<Content>[]): Promise<ReadonlySet<string>>;
}
