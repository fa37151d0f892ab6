import type { mongo } from 'mongoose';
import type { MongoDatabase } from '../connection/mongo-database';
import type { Keyed } from './fenced-write';
import { retrying } from '../failures/retrying';

/** Longer lists are asked in parts, so that no query grows without limit. */
const IDS_PER_QUERY = 1_000;

/** Documents by id, in no particular order; one query for up to 1,000 ids. */
export async function findByIds<Row extends Keyed>(
  database: MongoDatabase,
  collection: mongo.Collection<Row>,
  ids: readonly string[],
  projection?: Readonly<Record<string, 0 | 1>>,
): Promise<Row[]> {
  const documents: Row[] = [];
  for (let start = 0; start < ids.length; start += IDS_PER_QUERY) {
    const part = ids.slice(start, start + IDS_PER_QUERY);
    const found = await retrying(
      () =>
        collection
          .find<Row>({ _id: { $in: part } } as mongo.Filter<Row>, {
            ...(projection && { projection }),
            batchSize: IDS_PER_QUERY,
            maxTimeMS: database.commandTimeoutMs,
            promoteBuffers: true,
          })
          .toArray(),
      database.retry,
    );
    documents.push(...found);
  }
  return documents;
}

export function inclusionOf(fields: readonly string[]): Readonly<Record<string, 1>> {
  return Object.fromEntries(fields.map((field) => [field, 1] as const));
}
