import { databaseName, mongoUri, startOwnMongo, until, type Server } from '@index766/testing-integration';
import { newAggregate } from '../aggregate/aggregate-document';
import { isDatabaseAway } from '../failures/database-failure';
import { mongoProbe, relayProbe } from '../probes';
import { Relay } from '../relay/relay';
import { ReferenceCache } from '../reference/reference-cache';
import { ReferenceCollection } from '../reference/reference-collection';
import { addFact, dossierStore, moreFacts, mongoOptions, slotOf, SLOTS, TOPIC } from '../test/dossier-store';
import { empty } from '../test/open-spec-database';
import { firstArrivals, RecordingSender, upTo } from '../test/recording-sender';
import { swallowingProxy, type SwallowingProxy } from '../test/swallowing-proxy';
import { ensureIndexes } from './indexes';
import { openMongo, type MongoDatabase } from './mongo-database';
import type { MongoOptions } from './mongo-options';

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

function proxyOfServer(): Promise<SwallowingProxy> {
  const { hostname, port } = new URL(mongoUri());
  return swallowingProxy({ host: hostname, port: Number(port) });
}

function openThrough(proxy: SwallowingProxy, limits: Partial<MongoOptions> = {}): Promise<MongoDatabase> {
  const { username, password, search, pathname } = new URL(mongoUri());
  const account = username ? `${username}:${password}@` : '';
  const uri = `mongodb://${account}127.0.0.1:${proxy.port}${pathname}${search}`;
  return openMongo({ ...mongoOptions(uri, databaseName(__filename)), ...limits });
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
    proxy = await proxyOfServer();
    database = await openThrough(proxy, { commandTimeoutMs: 600, serverSelectionTimeoutMs: 400 });
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

describe('a connection that breaks between the insertions and the updates of one save', () => {
  let proxy: SwallowingProxy;
  let database: MongoDatabase;

  beforeAll(async () => {
    proxy = await proxyOfServer();
    database = await openThrough(proxy);
  });
  beforeEach(() => empty(database, 'dossiers'));
  afterAll(async () => {
    await database.close();
    await proxy.close();
  });

  it('makes no new document a lost one when the updates go through in the end', async () => {
    const store = dossierStore(database);
    await store.saveMany([moreFacts('d1', undefined), moreFacts('d3', undefined)]);
    const read = await store.findMany(['d1', 'd3']);
    // The driver may repeat a command once by itself.
    proxy.cutAt('update', 2);

    const outcome = await store.saveMany(['d1', 'd2', 'd3', 'd4'].map((id) => moreFacts(id, read.get(id))));

    expect(outcome).toEqual({ lost: new Set(), full: new Set() });
    const after = await store.findMany(['d1', 'd2', 'd3', 'd4']);
    expect([...after.values()].map(({ id, version }) => `${id} ${version}`).sort()).toEqual(['d1 2', 'd2 1', 'd3 2', 'd4 1']);
  });

  it('lets the records of new documents be announced when the updates fail', async () => {
    const announced: ReadonlySet<number>[] = [];
    const store = dossierStore(database, { onSaved: (slots) => announced.push(slots) });
    await store.saveMany([{ of: newAggregate('d1'), set: { unit: 'H44', facts: 0 } }]);
    const read = await store.findMany(['d1']);
    proxy.cutAt('update', Infinity);

    const failure: unknown = await store.saveMany(['d1', 'd2'].map((id) => moreFacts(id, read.get(id)))).catch((error: unknown) => error);
    proxy.pass();

    expect(isDatabaseAway(failure)).toBe(true);
    await until(async () => (await store.find('d2'))?.pending === 1);
    expect(announced.map((slots) => slots.has(slotOf('d2')))).toEqual([true]);
  });
});
