import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { figuresDigest } from './figures.mjs';
import { measured, peakMemoryOf } from './process-usage.mjs';

const require = createRequire(import.meta.url);
const { mongo } = require('mongoose');

const COLLECTIONS = ['ledger', 'petitions', 'partial_measures', 'scores'];
const SIZED = 200;

/** What was written: each replacement counts the revision of its document up by one. { collection: { documents, writes, bytes } } */
async function writtenIn(uri, database) {
  const client = await new mongo.MongoClient(uri).connect();
  try {
    return Object.fromEntries(await Promise.all(COLLECTIONS.map(async (name) => {
      const collection = client.db(database).collection(name);
      const revisions = await collection.find({}, { projection: { rev: 1 } }).toArray();
      const sizes = (await collection.find({}).limit(SIZED).toArray()).map((document) => mongo.BSON.calculateObjectSize(document));
      const bytes = Math.round(sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length));
      return [name, { documents: revisions.length, writes: revisions.reduce((sum, { rev }) => sum + rev, 0), bytes }];
    })));
  } finally {
    await client.close();
  }
}

/**
 * An aggregator of `members` processes with an empty database and no offsets, until every fact is in the ledger and every
 * mark is merged. The clock starts when the first member listens (it joins its groups at that moment).
 * { members, facts, seconds, startSeconds, cpu, peakMiB, digest, written }
 */
export async function rebuildOnce({ installation, positions, members, database }) {
  await positions.forgetAggregator();
  const spawnedAt = performance.now();
  const running = await Promise.all(Array.from({ length: members }, (_, index) => installation.startService('aggregator', { index, database })));
  const startSeconds = (performance.now() - spawnedAt) / 1_000;
  const parts = [...running.map(({ pid }, index) => ({ name: `aggregator ${index + 1}`, pids: [pid] })), ...installation.stores];
  const startedAt = performance.now();
  const { result: indexedAt, cpu } = await measured(parts, () => positions.untilIndexed());
  const facts = await positions.records();
  const peakMiB = running.map(({ pid }) => peakMemoryOf(pid));
  const digest = await figuresDigest(running[0].url);
  await Promise.all(running.map((_, index) => installation.stopService('aggregator', index)));
  await wait(200); // the broker lets go of the members
  return { members, facts, seconds: (indexedAt - startedAt) / 1_000, startSeconds, cpu, peakMiB, digest, written: await writtenIn(installation.mongo.uri, database) };
}
