import { createRequire } from 'node:module';
import { FACT_TOPICS, kafkaOf } from './positions.mjs';
import { measured } from './process-usage.mjs';

const require = createRequire(import.meta.url);
const { mongo } = require('mongoose');

const BULK = 1_000;

/** Floor: kafkajs reads the same records, commits each batch and does nothing else. */
export async function readingFloor({ installation, positions, run }) {
  const ends = await positions.ends();
  const total = ends.reduce((sum, { high }) => sum + high, 0);
  const consumer = kafkaOf(installation.brokers).consumer({ groupId: `bench.floor-${run}`, maxWaitTimeInMs: 250 });
  await consumer.connect();
  await consumer.subscribe({ topics: FACT_TOPICS, fromBeginning: true });
  let startedAt;
  consumer.on(consumer.events.GROUP_JOIN, () => (startedAt ??= performance.now()));
  const parts = [{ name: 'reader', pids: [process.pid] }, ...installation.stores];
  const { result: endedAt, cpu } = await measured(parts, () => new Promise((resolve, reject) => {
    let read = 0;
    consumer.run({
      autoCommit: false, eachBatchAutoResolve: false, partitionsConsumedConcurrently: 4,
      eachBatch: async ({ batch, resolveOffset, commitOffsetsIfNecessary }) => {
        const offset = String(BigInt(batch.lastOffset()) + 1n);
        await commitOffsetsIfNecessary({ topics: [{ topic: batch.topic, partitions: [{ partition: batch.partition, offset }] }] });
        resolveOffset(batch.lastOffset());
        read += batch.messages.length;
        if (read >= total) resolve(performance.now());
      },
    }).catch(reject);
  }));
  await consumer.disconnect();
  return { records: total, seconds: (endedAt - startedAt) / 1_000, cpu };
}

/** Floor: the ledger's documents as a rebuild left them, written once more by bulk writes of 1,000 and nothing else. */
export async function writingFloor({ installation, database, run }) {
  const client = await new mongo.MongoClient(installation.mongo.uri, { writeConcern: { w: 'majority' } }).connect();
  try {
    const source = client.db(database).collection('ledger');
    const target = client.db('bench_floor').collection(`documents_${run}`);
    const documents = await source.find({}).sort({ _id: 1 }).toArray();
    const bytes = documents.slice(0, 1_000).reduce((sum, document) => sum + mongo.BSON.calculateObjectSize(document), 0);
    const parts = [{ name: 'writer', pids: [process.pid] }, ...installation.stores];
    const { seconds, cpu } = await measured(parts, async () => {
      for (let from = 0; from < documents.length; from += BULK) {
        const operations = documents.slice(from, from + BULK).map((document) => ({ replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true } }));
        await target.bulkWrite(operations, { ordered: false });
      }
    });
    await target.drop();
    return { documents: documents.length, bytesPerDocument: Math.round(bytes / Math.min(1_000, documents.length)), seconds, cpu };
  } finally {
    await client.close();
  }
}
