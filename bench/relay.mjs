// Throughput of the relay beside its floors, on a MongoDB-compatible server and a broker of this machine.
//   npm run build && node bench/relay.mjs [--documents 20000] [--rate 2000] [--no-kafka]
// Floors from the same run: bulk writes of the same number of documents that only take the outbox out; the same with
// the outbox read before; the same records through the publisher alone.
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { start as startKafka } from '../infra/local/kafka.mjs';
import { start as startMongo } from '../infra/local/mongo.mjs';

const require = createRequire(import.meta.url);
const { AggregateStore, Relay, ensureIndexes, newAggregate, openMongo } = require('@index766/platform-mongo');
const { Publisher, TopicAdmin, createKafkaClient, partitionOf } = require('@index766/platform-kafka');
const { createServiceLog } = require('@index766/platform-observability');

const SLOTS = 12;
const ENTRIES = 6;
const PUSH = 100;
const BULK = 500;
const TOPIC = 'bench.public.dossier.v1';

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '20000' },
    rate: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '10' },
    'no-kafka': { type: 'boolean', default: false },
  },
});
const documents = Number(values.documents);
const rate = Number(values.rate);
const seconds = Number(values.seconds);

const headerNames = [
  'ce_id', 'ce_source', 'ce_type', 'ce_specversion', 'ce_time', 'ce_subject', 'ce_dataschema', 'ce_partitionkey',
  'ce_sequence', 'ce_recordedtime', 'ce_correlationid', 'ce_causationid', 'traceparent', 'content-type',
];
const headers = Object.fromEntries(headerNames.map((name) => [name, 'x'.repeat(30)]));
const idOf = (kind, number) => `H44.114-${kind}-${String(number).padStart(7, '0')}`;
const changeOf = (id) => ({
  of: newAggregate(id),
  set: { unit: 'H44.114', facts: Array.from({ length: ENTRIES }, (_, index) => ({ kind: 'received', index, at: new Date() })) },
  records: Array.from({ length: ENTRIES }, (_, index) => ({
    topic: TOPIC, key: id, sequence: index + 1, headers: { ...headers, ce_sequence: String(index + 1) }, value: randomBytes(250),
  })),
});
const chunks = (items, size) => Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
const idsOf = (kind, count) => Array.from({ length: count }, (_, number) => idOf(kind, number));

async function timed(name, count, work) {
  const startedAt = performance.now();
  await work();
  const elapsed = (performance.now() - startedAt) / 1_000;
  console.log(`${name.padEnd(58)} ${elapsed.toFixed(2).padStart(7)} s ${Math.round(count / elapsed).toLocaleString('en').padStart(8)} documents/s`);
  return elapsed;
}

async function save(store, ids) {
  for (const part of chunks(ids, BULK)) await store.saveMany(part.map(changeOf));
}

const clearing = (ids) =>
  [...ids].sort().map((_id) => ({ updateOne: { filter: { _id, version: 1 }, update: { $set: { outbox: [] }, $unset: { outboxAt: '' } } } }));

/** Saves pushes at a steady rate while the relay works, and tells how long records waited for the broker. */
async function steadyLoad(database, newRelay) {
  const savedAt = new Map();
  const waits = [];
  const relay = newRelay((records) => {
    const now = performance.now();
    for (const { key } of records) {
      const saved = savedAt.get(key);
      if (saved !== undefined) waits.push(now - saved);
      savedAt.delete(key);
    }
  });
  const store = new AggregateStore(database, {
    collection: 'dossiers', slotOf: (id) => partitionOf(id, SLOTS), onSaved: (slots, collection) => relay.wake(slots, collection),
  });
  await relay.start();
  const pushes = chunks(idsOf('steady', rate * seconds), PUSH);
  const startedAt = performance.now();
  const saving = pushes.map(async (ids, number) => {
    await wait((number * PUSH * 1_000) / rate - (performance.now() - startedAt));
    await store.saveMany(ids.map(changeOf));
    for (const id of ids) savedAt.set(id, performance.now());
  });
  await Promise.all(saving);
  const offered = (performance.now() - startedAt) / 1_000;
  await relay.drained(60_000);
  const drained = (performance.now() - startedAt) / 1_000;
  await relay.stop();
  waits.sort((a, b) => a - b);
  const quantile = (share) => `${Math.round(waits[Math.floor(waits.length * share)] ?? 0)} ms`;
  console.log(
    `steady load of ${rate} documents/s for ${seconds} s: saved in ${offered.toFixed(1)} s, all sent after ${drained.toFixed(1)} s, ` +
      `saved → acknowledged p50 ${quantile(0.5)}, p99 ${quantile(0.99)}`,
  );
}

async function run(mongoUri, brokers) {
  const database = await openMongo({
    uri: mongoUri, database: `bench-${randomBytes(4).toString('hex')}`, commandTimeoutMs: 10_000, serverSelectionTimeoutMs: 3_000,
    maxPoolSize: 20, startUpTimeoutMs: 20_000,
  });
  const { logger } = createServiceLog({ service: 'bench', level: 'error' });
  const client = brokers && createKafkaClient({ brokers, clientId: 'bench' }, logger);
  if (client) {
    await new TopicAdmin(client).apply([{ name: TOPIC, partitions: SLOTS, replication: 1, config: {} }]);
  }
  const publisher = client ? new Publisher({ client }) : { send: () => Promise.resolve(), close: () => Promise.resolve() };
  const store = new AggregateStore(database, { collection: 'dossiers', slotOf: (id) => partitionOf(id, SLOTS) });
  const newRelay = (onSent = () => undefined) =>
    new Relay(database, {
      name: 'bench', outboxes: [store.outbox], slots: SLOTS, log: logger,
      sender: {
        send: async (records) => {
          await publisher.send(records);
          onSent(records);
        },
      },
    });
  await ensureIndexes(database, store.indexes);
  const collection = database.collection('dossiers');
  try {
    console.log(`${documents} documents with ${ENTRIES} records each, ${SLOTS} slots, ${client ? 'real broker' : 'no broker'}`);
    await timed('(saving them, bulk writes of 500)', documents, () => save(store, idsOf('a', documents)));
    const writes = await timed('floor 1: bulk writes that take the outbox out', documents, async () => {
      for (const ids of chunks(idsOf('a', documents), BULK)) await collection.bulkWrite(clearing(ids), { ordered: false });
    });

    await save(store, idsOf('b', documents));
    const reads = await timed('floor 2: outbox read, then taken out', documents, async () => {
      for (const ids of chunks(idsOf('b', documents), BULK)) {
        await collection.find({ _id: { $in: ids } }, { projection: { version: 1, outbox: 1 }, promoteBuffers: true }).toArray();
        await collection.bulkWrite(clearing(ids), { ordered: false });
      }
    });

    const sends = await timed('floor 3: the same records through the publisher alone', documents, async () => {
      for (const ids of chunks(idsOf('c', documents), BULK)) await publisher.send(ids.flatMap((id) => changeOf(id).records));
    });

    await save(store, idsOf('d', documents));
    const relay = newRelay();
    const relayed = await timed('relay: backlog read, sent, taken out', documents, async () => {
      await relay.start();
      await relay.drained(600_000);
    });
    await relay.stop();
    console.log(
      `relay ÷ floor 1 ${(writes / relayed).toFixed(2)}, ÷ floor 2 ${(reads / relayed).toFixed(2)}, ÷ floor 3 ${(sends / relayed).toFixed(2)}`,
    );
    await steadyLoad(database, newRelay);
  } finally {
    await publisher.close();
    await database.connection.dropDatabase();
    await database.close();
  }
}

const servers = [];
try {
  const mongo = await startMongo({ name: 'bench-mongo', user: 'bench', password: randomBytes(16).toString('hex') });
  servers.push(mongo);
  const kafka = values['no-kafka'] ? undefined : await startKafka({ name: 'bench-kafka' });
  if (kafka) servers.push(kafka);
  await run(mongo.uri, kafka?.brokers && [kafka.brokers].flat());
} finally {
  for (const server of servers) {
    await server.stop();
    for (const left of server.leavings) rmSync(left, { recursive: true, force: true });
  }
}
