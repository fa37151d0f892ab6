import { mongo } from 'mongoose';
import type { MongoDatabase } from '../connection/mongo-database';
import { retrying } from '../failures/retrying';
import { POSITION_COLLECTION } from '../restore/topic-positions';
import { LEASE_COLLECTION } from '../relay/slot-leases';

/**
 * What tells of the running system and not of its data. Without positions a service reads its topics from the beginning at
 * its next start: that is right for topics and databases that were put back together as well as apart.
 */
const OF_THE_RUNNING = [LEASE_COLLECTION, POSITION_COLLECTION];
const PAGE = 500;
/** Numbers stay of the kind that they have in the database. */
const AS_STORED = { promoteValues: false, promoteLongs: false, promoteBuffers: false } as const;

/** Collections that a copy of the database has, by name. */
export async function copiedCollections(database: MongoDatabase): Promise<readonly string[]> {
  const names = (await rawDatabase(database).listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  return names.filter((name) => !OF_THE_RUNNING.includes(name) && !name.startsWith('system.')).sort();
}

/** Every document of a collection as BSON, in the order of their ids, page by page. */
export async function* documentPages(database: MongoDatabase, collection: string): AsyncGenerator<readonly Uint8Array[]> {
  const cursor = database.collection<mongo.Document>(collection).find({}, { sort: { _id: 1 }, batchSize: PAGE, ...AS_STORED });
  let page: Uint8Array[] = [];
  for await (const document of cursor) {
    page.push(mongo.BSON.serialize(document));
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** Puts documents of `documentPages` into a collection; resolves when the server has all of them. */
export async function putDocuments(database: MongoDatabase, collection: string, page: readonly Uint8Array[]): Promise<void> {
  const documents = page.map((bytes) => mongo.BSON.deserialize(bytes, AS_STORED));
  const operations = documents.map((document) => ({ replaceOne: { filter: { _id: document['_id'] as never }, replacement: document, upsert: true } }));
  await retrying(() => database.collection<mongo.Document>(collection).bulkWrite(operations, { ordered: false }), database.retry);
}

/** Whether there is any document that a copy would have. */
export async function hasDocuments(database: MongoDatabase): Promise<boolean> {
  for (const collection of await copiedCollections(database)) {
    if (await database.collection(collection).findOne({}, { projection: { _id: 1 } }) !== null) return true;
  }
  return false;
}

function rawDatabase({ connection, name }: MongoDatabase): mongo.Db {
  return connection.getClient().db(name);
}
