import { Metrics } from '@index766/platform-observability';
import { databaseName, mongoUri, until } from '@index766/testing-integration';
import type { AggregateRow } from '../aggregate/aggregate-document';
import { openMongo, type MongoDatabase } from '../connection/mongo-database';
import { ensureIndexes } from '../connection/indexes';
import { addFact, dossierStore, moreFacts, mongoOptions, recordOf, slotOf, SLOTS, TOPIC } from '../test/dossier-store';
import { empty, openSpecDatabase } from '../test/open-spec-database';
import { firstArrivals, RecordingSender, upTo } from '../test/recording-sender';
import { pause } from '../timing';
import { Relay, type RelayOptions } from './relay';
import { LEASE_COLLECTION } from './slot-leases';

const NEVER_MS = 600_000;

describe('the relay', () => {
  let database: MongoDatabase;
  let relays: Relay[] = [];
  const ids = upTo(40).map((number) => `d${String(number).padStart(3, '0')}`);
  const store = () => dossierStore(database);

  const relayOf = (sender: RecordingSender, options: Partial<RelayOptions> = {}, through = database) => {
    const relay = new Relay(through, {
      name: 'specs', outboxes: [store().outbox], slots: SLOTS, sender, leaseMs: 3_000, sweepMs: 50, ...options,
    });
    relays.push(relay);
    return relay;
  };
  const waiting = () => database.collection<AggregateRow>('dossiers').countDocuments({ outboxAt: { $exists: true } });
  const allGone = () => until(async () => (await waiting()) === 0, { what: 'empty outboxes' });
  /** Saves `rounds` facts for every dossier, one after another for each, the dossiers side by side. */
  const saveFacts = (rounds: number, through = store()) =>
    Promise.all(
      ids.map(async (id) => {
        for (let round = 0; round < rounds; round += 1) await addFact(through, id);
      }),
    );
  const complete = (facts: number) => Object.fromEntries(ids.map((id) => [`${TOPIC} ${id}`, upTo(facts)]));

  beforeAll(async () => {
    database = await openSpecDatabase(__filename);
    await ensureIndexes(database, store().indexes);
  });
  beforeEach(() => empty(database, 'dossiers', 'officers', LEASE_COLLECTION));
  afterEach(async () => {
    await Promise.all(relays.map((relay) => relay.stop(500)));
    relays = [];
  });
  afterAll(() => database.close());

  it('carries what waits to the broker, each key in the order of its sequence, and takes it out', async () => {
    const sender = new RecordingSender();
    await saveFacts(3);
    await relayOf(sender).start();
    await allGone();
    expect(firstArrivals(sender.log)).toEqual(complete(3));
    expect(sender.log).toHaveLength(ids.length * 3);
    const { headers, value } = recordOf('d001', 1);
    expect(sender.log).toContainEqual({ topic: TOPIC, key: 'd001', partition: 1, headers, value });
    const rows = await database.collection<AggregateRow>('dossiers').find().toArray();
    expect(rows.filter(({ outbox, version }) => outbox?.length !== 0 || version !== 3)).toEqual([]);
  });

  it('is woken by a save, without waiting for a sweep', async () => {
    const sender = new RecordingSender();
    const relay = relayOf(sender, { sweepMs: NEVER_MS, backlogMs: NEVER_MS, leaseMs: NEVER_MS });
    await relay.start();
    const waking = dossierStore(database, { onSaved: (slots, collection) => relay.wake(slots, collection) });
    for (const fact of upTo(3)) {
      await addFact(waking, 'd001');
      await until(() => sender.log.length === fact, { timeoutMs: 45_000 });
    }
    expect(firstArrivals(sender.log)).toEqual({ [`${TOPIC} d001`]: [1, 2, 3] });
  });

  it.each([
    ['by sweeping', { sweepMs: 50, backlogMs: NEVER_MS }],
    ['by measuring what waits', { sweepMs: NEVER_MS, backlogMs: 50 }],
  ])('finds what no wake-up announced %s', async (_how, intervals) => {
    const sender = new RecordingSender();
    await relayOf(sender, { ...intervals, leaseMs: NEVER_MS }).start();
    await addFact(store(), 'd001');
    await until(() => sender.log.length > 0);
    expect(firstArrivals(sender.log)).toEqual({ [`${TOPIC} d001`]: [1] });
  });

  it('works through a backlog of many rounds in every slot', async () => {
    const many = upTo(2_600).map((number) => `b${number}`);
    await store().saveMany(many.map((id) => moreFacts(id, undefined, 2)));
    const sender = new RecordingSender();
    const relay = relayOf(sender, { sweepMs: NEVER_MS });
    await relay.start();
    expect(await relay.drained(30_000)).toBe(true);
    expect(sender.log).toHaveLength(5_200);
    expect(Object.values(firstArrivals(sender.log)).every((sequences) => sequences.join() === '1,2')).toBe(true);
  });

  it('keeps order and loses nothing while documents are written between its read and its clearing', async () => {
    const sender = new RecordingSender();
    sender.afterTaking = async (records) => {
      // The documents of this round get one more fact before they are cleared.
      for (const key of new Set(records.slice(0, 5).map((record) => record.key))) {
        const dossier = await store().find(key);
        if ((dossier?.state.facts ?? 0) < 6) await addFact(store(), key);
      }
    };
    await saveFacts(2);
    await relayOf(sender).start();
    await allGone();
    const rows = await store().findMany(ids);
    expect(firstArrivals(sender.log)).toEqual(
      Object.fromEntries(ids.map((id) => [`${TOPIC} ${id}`, upTo(rows.get(id)?.state.facts ?? 0)])),
    );
    expect(Math.max(...[...rows.values()].map(({ state }) => state.facts))).toBe(6);
    expect(sender.log).toHaveLength([...rows.values()].reduce((sum, { state }) => sum + state.facts, 0));
  });

  it('only repeats what it had sent when it ends between sending and clearing', async () => {
    const first = new RecordingSender();
    first.afterTaking = () => new Promise(() => undefined);
    await saveFacts(3);
    const crashed = relayOf(first, { leaseMs: 500 });
    await crashed.start();
    await until(() => first.log.length > 0);
    await crashed.stop(0);
    expect(await waiting()).toBe(ids.length);

    const second = new RecordingSender();
    await addFact(store(), 'd001');
    await relayOf(second).start();
    await allGone();

    expect(firstArrivals(second.log)).toEqual({ ...complete(3), [`${TOPIC} d001`]: upTo(4) });
    expect(firstArrivals([...first.log, ...second.log])).toEqual({ ...complete(3), [`${TOPIC} d001`]: upTo(4) });
  });

  it('sends again what a broker took without saying so, and nothing is missing', async () => {
    const sender = new RecordingSender();
    let failures = 3;
    sender.afterTaking = () => (failures-- > 0 ? Promise.reject(new Error('connection lost')) : Promise.resolve());
    await saveFacts(2);
    await relayOf(sender).start();
    await allGone();
    expect(firstArrivals(sender.log)).toEqual(complete(2));
    expect(sender.log.length).toBeGreaterThan(ids.length * 2);
  });

  it('waits while the broker is away, says so, and goes on by itself', async () => {
    const sender = new RecordingSender();
    let away = true;
    sender.beforeTaking = () => (away ? Promise.reject(new Error('no broker')) : Promise.resolve());
    const relay = relayOf(sender);
    await relay.start();
    await saveFacts(2);
    await until(() => relay.status().blockedBy === 'broker');
    away = false;
    await allGone();
    await until(() => relay.status().blockedBy === undefined);
    expect(firstArrivals(sender.log)).toEqual(complete(2));
    expect(sender.log).toHaveLength(ids.length * 2);
  });

  it('goes on with the other slots when the broker refuses what one of them sends', async () => {
    const sender = new RecordingSender();
    sender.beforeTaking = (records) =>
      records.some(({ key }) => key === 'd003') ? Promise.reject(new Error('refused')) : Promise.resolve();
    await saveFacts(2);
    await relayOf(sender).start();
    const held = ids.filter((id) => slotOf(id) === slotOf('d003'));
    await until(async () => (await waiting()) === held.length);
    const others = Object.entries(complete(2)).filter(([name]) => !held.some((id) => name.endsWith(id)));
    expect(firstArrivals(sender.log)).toEqual(Object.fromEntries(others));
  });

  it('never sends a key out of order, though two members believe that they hold every slot', async () => {
    const log = new RecordingSender();
    const slowly = (milliseconds: number) => {
      const sender = new RecordingSender();
      sender.beforeTaking = async (records) => {
        // The way to the broker: meanwhile the other member reads the same. The log takes each send whole, as a broker does.
        await pause(milliseconds);
        await log.send(records);
      };
      return sender;
    };
    const [one, other] = [relayOf(slowly(7), { leaseMs: NEVER_MS }), relayOf(slowly(11), { leaseMs: NEVER_MS })];
    await one.start();
    await empty(database, LEASE_COLLECTION);
    await other.start();
    expect([one.status().leasedSlots, other.status().leasedSlots]).toEqual([[0, 1, 2, 3], [0, 1, 2, 3]]);

    await saveFacts(8);
    await allGone();

    expect(firstArrivals(log.log)).toEqual(complete(8));
    expect(log.log.length).toBeGreaterThan(ids.length * 8);
  });

  it('shares the slots with a member that comes and takes them back when it goes', async () => {
    const sender = new RecordingSender();
    const [one, other] = [relayOf(sender, { leaseMs: 300 }), relayOf(sender, { leaseMs: 300 })];
    await one.start();
    expect(one.status().leasedSlots).toEqual([0, 1, 2, 3]);
    await other.start();
    await until(() => one.status().leasedSlots.length === 2 && other.status().leasedSlots.length === 2);
    const shares = [...one.status().leasedSlots, ...other.status().leasedSlots];
    expect(shares.sort()).toEqual([0, 1, 2, 3]);

    await saveFacts(2);
    await allGone();
    expect(firstArrivals(sender.log)).toEqual(complete(2));

    await other.stop();
    await until(() => one.status().leasedSlots.length === SLOTS);
  });

  it('takes over from a member that died, and a member without a database sends nothing more', async () => {
    const dying = await openMongo(mongoOptions(mongoUri(), databaseName(__filename)));
    const sender = new RecordingSender();
    const [dead, alive] = [relayOf(sender, { leaseMs: 400 }, dying), relayOf(sender, { leaseMs: 400 })];
    await dead.start();
    await alive.start();
    await until(() => dead.status().leasedSlots.length === 2 && alive.status().leasedSlots.length === 2);
    await dying.connection.close(true);
    await until(() => alive.status().leasedSlots.length === SLOTS && dead.status().leasedSlots.length === 0);
    expect(dead.status().blockedBy).toBe('database');
    await saveFacts(1);
    await allGone();
    expect(firstArrivals(sender.log)).toEqual(complete(1));
    await dying.close();
  });

  it('carries the outboxes of several collections', async () => {
    const officers = dossierStore(database, { collection: 'officers' });
    await ensureIndexes(database, officers.indexes);
    const sender = new RecordingSender();
    const relay = relayOf(sender, { outboxes: [store().outbox, officers.outbox] });
    await relay.start();
    await Promise.all([saveFacts(1), addFact(officers, 'o1')]);
    expect(await relay.drained(15_000)).toBe(true);
    expect(firstArrivals(sender.log)).toEqual({ ...complete(1), [`${TOPIC} o1`]: [1] });
  });

  it('mends a mark without entries', async () => {
    await addFact(store(), 'd001');
    await database.collection('dossiers').updateOne({ slot: 1 }, { $set: { outbox: [] } });
    const sender = new RecordingSender();
    await relayOf(sender).start();
    await allGone();
    expect(sender.log).toEqual([]);
  });

  it('tells how much waits and since when, and that it is overdue after five minutes', async () => {
    const sender = new RecordingSender();
    sender.beforeTaking = () => Promise.reject(new Error('no broker'));
    const metrics = new Metrics();
    const relay = relayOf(sender, { metrics, backlogMs: 20 });
    await saveFacts(2);
    await relay.start();
    await until(() => relay.status().pendingEntries === ids.length * 2);
    expect(relay.status()).toMatchObject({ running: true, leasedSlots: [0, 1, 2, 3], overdue: false });

    const sixMinutesAgo = new Date(database.now() - 360_000);
    await database.collection('dossiers').updateMany({ slot: 1 }, { $set: { outboxAt: sixMinutesAgo } });
    await until(() => relay.status().overdue);
    expect(relay.status().oldestPendingAgeSeconds).toBeGreaterThanOrEqual(360);

    const text = await metrics.text();
    expect(text).toMatch(/^outbox_pending_entries\{relay="specs"\} 80$/m);
    expect(text).toMatch(/^outbox_oldest_age_seconds\{relay="specs"\} 36\d(\.\d+)?$/m);
    expect(text).toMatch(/^relay_sent_records_total\{relay="specs"\} 0$/m);
    expect(text).toMatch(/^relay_leased_slots\{relay="specs"\} 4$/m);
  });

  it('ends in time though the broker never answers', async () => {
    const sender = new RecordingSender();
    sender.beforeTaking = () => new Promise(() => undefined);
    await saveFacts(1);
    const relay = relayOf(sender);
    await relay.start();
    const startedAt = performance.now();
    await relay.stop(200);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(relay.status().running).toBe(false);
  });
});
