import { partitionOf } from '@index766/platform-kafka';
import { AggregateStore, ensureIndexes, openMongo, type MongoDatabase } from '@index766/platform-mongo';
import { databaseName, mongoUri, uniqueName } from '@index766/testing-integration';
import { PAYMENTS_CONTRACT } from '../test/payments.contract';
import { MongoPayments } from './mongo-payments';
import type { PaymentsFields } from './payments.mapper';

let database: MongoDatabase;
beforeAll(async () => {
  database = await openMongo({
    uri: mongoUri(), database: databaseName(__filename), commandTimeoutMs: 10_000, serverSelectionTimeoutMs: 3_000, maxPoolSize: 20, startUpTimeoutMs: 30_000,
  });
}, 60_000);
afterAll(() => database.close());

describe('a store of money as documents', () => {
  it.each(PAYMENTS_CONTRACT)('%s', async (_rule, thenIt) => {
    const payments = new MongoPayments(new AggregateStore<PaymentsFields>(database, { collection: uniqueName('payments'), slotOf: (id) => partitionOf(id, 3) }), database);
    await ensureIndexes(database, payments.indexes);
    await thenIt(payments);
  });
});
