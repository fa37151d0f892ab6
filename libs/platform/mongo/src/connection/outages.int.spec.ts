import { databaseName, mongoUri, startOwnMongo, until, type Server } from '@index766/testing-integration';
import { isDatabaseAway } from '../failures/database-failure';
import { mongoProbe, relayProbe } from '../probes';
import { Relay } from '../relay/relay';
import { ReferenceCache } from '../reference/reference-cache';
import { ReferenceCollection } from '../reference/reference-collection';
import { addFact, dossierStore, mongoOptions, SLOTS, TOPIC } from '../test/dossier-store';
import { firstArrivals, RecordingSender, upTo } from '../test/recording-sender';
import { swallowingProxy, type SwallowingProxy } from '../test/swallowing-proxy';
import { ensureIndexes } from './indexes';
import { openMongo, type MongoDatabase } from './mongo-database';

/** Writes one fact after another and keeps what was acknowledged; goes on through outages, as a consumer does. */
async function writeFacts(database: MongoDatabase, id: string, signal: { stop: boolean }) {
  const store = dossierStore(database);
  const acknowledged: number[] = [];
  const failures: unknown[] = [];
  while (!signal.stop) {
    try {
      const answer = await addFact(store, id);
      if (answer.ok) acknowledged.push(answer.value);
    } catch (error) {
      failures.push(error);
    }
  }
  return { acknowledged, failures };
}

describe('a database that is killed and started again', () => {
  let server: Server;
  let database: MongoDatabase;

  beforeAll(async () => {
    server = await startOwnMongo();
    database = await openMongo({ ...mongoOptions(server.address, databaseName(__filename)), serverSelectionTimeoutMs: 500 });
    await ensureIndexes(database, dossierStore(database).indexes);
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  it('is away meanwhile for everything that uses it, which goes on by itself and has lost nothing', async () => {
    const sender = new RecordingSender();
    const store = dossierStore(database);
    const relay = new Relay(database, { name: 'specs', outboxes: [store.outbox], slots: SLOTS, sender, leaseMs: 600, sweepMs: 20 });
    const units = new ReferenceCollection<{ name: string }>(database, 'units');
    const cache = new ReferenceCache(units, { pollMs: 20 });
    const probes = [mongoProbe(database), relayProbe(relay)];
    const health = () => Promise.all(probes.map(async (probe) => (await probe.check()).healthy));
    const signal = { stop: false };
    await relay.start();
    await cache.start();
    const writers = [writeFacts(database, 'd1', signal), writeFacts(database, 'd2', signal)];
    await until(() => sender.log.length > 20);
    expect(await health()).toEqual([true, true]);

    await server.kill();
    await until(async () => (await health()).every((healthy) => !healthy));
    expect(cache.ready).toBe(true);
    const before = sender.log.length;

    await server.restart();
    await until(async () => (await health()).every((healthy) => healthy));
    await until(() => sender.log.length > before + 20);
    signal.stop = true;
    const results = await Promise.all(writers);
    expect(await relay.drained(15_000)).toBe(true);

    const arrivals = firstArrivals(sender.log);
    for (const [index, { acknowledged, failures }] of results.entries()) {
      const id = `d${index + 1}`;
      const dossier = await store.find(id);
      expect(dossier?.state.facts).toBeGreaterThanOrEqual(acknowledged.length);
      expect(arrivals[`${TOPIC} ${id}`]).toEqual(upTo(dossier?.state.facts ?? 0));
      expect(acknowledged.filter((fact) => !arrivals[`${TOPIC} ${id}`]?.includes(fact))).toEqual([]);
      expect(failures.length).toBeGreaterThan(0);
      expect(failures.filter((failure) => !isDatabaseAway(failure))).toEqual([]);
    }
    await units.replaceMany([{ id: 'H44', rev: 0, content: { name: 'after' } }]);
    await until(() => cache.find('H44')?.name === 'after');
    await Promise.all([relay.stop(), cache.stop()]);
  });

  it('is waited for at start-up, for a time', async () => {
    await server.kill();
    const options = { ...mongoOptions(server.address, databaseName(__filename)), serverSelectionTimeoutMs: 200 };
    const failure: unknown = await openMongo({ ...options, startUpTimeoutMs: 0 }).catch((error: unknown) => error);
    expect(isDatabaseAway(failure)).toBe(true);
    const opening = openMongo({ ...options, startUpTimeoutMs: 30_000 });
    await server.restart();
    await (await opening).close();
  });
});

describe('a network between service and database', () => {
  let proxy: SwallowingProxy;
  let database: MongoDatabase;

  beforeAll(async () => {
    const { hostname, port, username, password } = new URL(mongoUri());
    proxy = await swallowingProxy({ host: hostname, port: Number(port) });
    const account = username ? `${username}:${password}@` : '';
    const { search, pathname } = new URL(mongoUri());
    database = await openMongo({
      ...mongoOptions(`mongodb://${account}127.0.0.1:${proxy.port}${pathname}${search}`, databaseName(__filename)),
      commandTimeoutMs: 600,
      serverSelectionTimeoutMs: 400,
    });
  });
  afterAll(async () => {
    await database.close();
    await proxy.close();
  });

  it('that swallows packets makes the database away within the time limits, and works again afterwards', async () => {
    const store = dossierStore(database);
    await addFact(store, 'd1');
    proxy.swallow();
    const startedAt = performance.now();
    const failure: unknown = await addFact(store, 'd1').catch((error: unknown) => error);
    expect(isDatabaseAway(failure)).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    proxy.pass();
    await until(async () => (await addFact(store, 'd1')).ok);
  });

  it('that cuts connections lets writers go on, and what fails says that the database was away', async () => {
    const store = dossierStore(database);
    const signal = { stop: false };
    const writer = writeFacts(database, 'd2', signal);
    for (const facts of [5, 10, 15, 20]) {
      await until(async () => ((await store.find('d2'))?.state.facts ?? 0) >= facts);
      proxy.cut();
    }
    await until(async () => ((await store.find('d2'))?.state.facts ?? 0) >= 25);
    signal.stop = true;
    const { failures } = await writer;
    expect(failures.filter((failure) => !isDatabaseAway(failure))).toEqual([]);
  });
});
