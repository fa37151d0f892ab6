import type { IndexDeclaration } from '../connection/indexes';
import type { MongoDatabase } from '../connection/mongo-database';
import type { Fenced } from '../documents/fenced-documents';

/** Reference documents that one consumer keeps and every member of the service reads (`ReferenceCache`). */
export declare class ReferenceCollection<Content extends object> {
  constructor(database: MongoDatabase, collection: string);
  readonly indexes: readonly IndexDeclaration[];
  findMany(ids: readonly string[]): Promise<Map<string, Fenced<Content>>>;
  /** As `FencedDocuments.replaceMany`: the ids whose fence was lost. */
  replaceMany(documents: readonly Fenced<Content>[]): Promise<ReadonlySet<string>>;
}
