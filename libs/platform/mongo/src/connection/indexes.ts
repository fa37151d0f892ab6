import type { mongo } from 'mongoose';
import { retrying } from '../failures/retrying';
import type { MongoDatabase } from './mongo-database';

/** An index over many documents takes longer than any command of the running service may. */
const INDEX_BUILD_TIMEOUT_MS = 600_000;

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

/**
 * Creates collections and indexes that are missing; call it before traffic. Members that start together may all call
 * it. Throws when an index of that name exists with other keys or options: a changed index takes a new name.
 */
export async function ensureIndexes(database: MongoDatabase, declarations: readonly IndexDeclaration[]): Promise<void> {
  const byCollection = new Map<string, mongo.IndexDescription[]>();
  for (const declaration of declarations) {
    const indexes = byCollection.get(declaration.collection) ?? [];
    byCollection.set(declaration.collection, [...indexes, toDriver(declaration)]);
  }
  await database.patiently(INDEX_BUILD_TIMEOUT_MS, async (patient) => {
    for (const [collection, indexes] of byCollection) {
      await retrying(
        () => patient.collection(collection).createIndexes(indexes, { maxTimeMS: INDEX_BUILD_TIMEOUT_MS }),
        database.retry,
      );
    }
  });
}

function toDriver(declaration: IndexDeclaration): mongo.IndexDescription {
  const { name, keys, unique, sparse, partialFilterExpression, expireAfterSeconds } = declaration;
  return {
    name,
    key: { ...keys },
    ...(unique !== undefined && { unique }),
    ...(sparse !== undefined && { sparse }),
    ...(partialFilterExpression !== undefined && { partialFilterExpression: { ...partialFilterExpression } }),
    ...(expireAfterSeconds !== undefined && { expireAfterSeconds }),
  };
}
