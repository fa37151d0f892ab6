import { partitionOf } from '@index766/platform-kafka';
import { AggregateStore, ensureIndexes, openMongo, type MongoDatabase } from '@index766/platform-mongo';
import { databaseName, mongoUri, uniqueName } from '@index766/testing-integration';
import { DOCUMENTS_CONTRACT } from '../test/documents.contract';
import type { DocumentsFields } from './documents.mapper';
import { MongoDocuments } from './mongo-documents';

let database: MongoDatabase;
beforeAll(async () => {
  database = await openMongo({
    uri: mongoUri(), database: databaseName(__filename), commandTimeoutMs: 10_000, serverSelectionTimeoutMs: 3_000, maxPoolSize: 20, startUpTimeoutMs: 30_000,
  });
}, 60_000);
afterAll(() => database.close());

describe('a store of papers in the database', () => {
  it.each(DOCUMENTS_CONTRACT)('%s', async (_rule, thenIt) => {
    const documents = new MongoDocuments(new AggregateStore<DocumentsFields>(database, { collection: uniqueName('documents'), slotOf: (id) => partitionOf(id, 3) }));
    await ensureIndexes(database, documents.indexes);
    await thenIt(documents);
  });
});
