import type { MongoDatabase } from './mongo-database';

/** One index and the reason for it. */
export interface IndexDeclaration {
  readonly collection: string;
  /** Stable and unique in its collection. Other keys or options need another name. */
  readonly name: string;
  readonly keys: Readonly<Record<string, 1 | -1>>;
  /** The query that needs it, in words. */
  readonly query: string;
  readonly unique?: boolean;
  readonly sparse?: boolean;
  readonly partialFilterExpression?: Readonly<Record<string, unknown>>;
  readonly expireAfterSeconds?: number;
}

/** Creates what is missing, before traffic. Throws when an index of that name exists with other keys or options. */
export declare function ensureIndexes(database: MongoDatabase, declarations: readonly IndexDeclaration[]): Promise<void>;
