import { until } from '@index766/testing-integration';
import { ensureIndexes } from '../connection/indexes';
import type { MongoDatabase } from '../connection/mongo-database';
import { addFact, dossierStore, moreFacts, SLOTS } from '../test/dossier-store';
import { openSpecDatabase } from '../test/open-spec-database';
import { RecordingSender } from '../test/recording-sender';
import { Relay } from './relay';
import { WatermarkTicker, type SlotWatermark } from './watermark-ticker';

describe('the watermark ticker', () => {
  let database: MongoDatabase;

  beforeAll(async () => {
    database = await openSpecDatabase(__filename);
    await ensureIndexes(database, dossierStore(database).indexes);
  });
  afterAll(() => database.close());

  it('states for each leased slot up to when its records have left', async () => {
    const graceMs = 1_000;
    const sender = new RecordingSender();
    sender.beforeTaking = () => Promise.reject(new Error('no broker'));
    const store = dossierStore(database);
    const relay = new Relay(database, { name: 'specs', outboxes: [store.outbox], slots: SLOTS, sender });
    const sent: SlotWatermark[][] = [];
    const ticker = new WatermarkTicker(database, {
      relay, graceMs, everyMs: 20, sender: { sendWatermarks: (watermarks) => Promise.resolve(void sent.push([...watermarks])) },
    });
    expect(await ticker.tick()).toEqual([]);

    await relay.start();
    await addFact(store, 'd1');
    const savedBefore = await database.serverNow();
    await until(async () => (await database.serverNow()) > savedBefore + 100);
    const asked = await database.serverNow();
    const marks = await ticker.tick();

    expect(marks.map(({ slot }) => slot)).toEqual([0, 1, 2, 3]);
    // The entry has its instant from this process's estimate of the server's clock, which is some milliseconds off.
    expect(marks[1]?.recordedBefore).toBeLessThanOrEqual(savedBefore + 50 - graceMs);
    const others = marks.filter(({ slot }) => slot !== 1).map(({ recordedBefore }) => recordedBefore);
    expect(Math.min(...others)).toBeGreaterThanOrEqual(asked - graceMs);

    sender.beforeTaking = () => Promise.resolve();
    await until(() => sender.log.length === 1);
    ticker.start();
    await until(() => sent.at(-1)?.every(({ recordedBefore }) => recordedBefore > asked - graceMs));
    await ticker.stop();
    await relay.stop();
  });

  it('states nothing that a member can break which was stopped between its decision and its save', async () => {
    const graceMs = 1_000;
    const relay = new Relay(database, { name: 'stopped', outboxes: [dossierStore(database).outbox], slots: SLOTS, sender: new RecordingSender() });
    const ticker = new WatermarkTicker(database, { relay, graceMs, sender: { sendWatermarks: () => Promise.resolve() } });
    await relay.start();
    // Its decisions hold for less than the grace, as those of a service do.
    const stopped = dossierStore(database, { decisionHoldsMs: graceMs / 2 });
    await addFact(stopped, 'd2');
    const read = await stopped.find('d2');
    const decidedAt = database.now();

    await until(async () => (await ticker.tick()).every(({ recordedBefore }) => recordedBefore > decidedAt), { what: 'watermarks past the decision' });
    const { lost } = await stopped.saveMany([moreFacts('d2', read)]);

    expect(lost).toEqual(new Set(['d2']));
    await relay.stop();
  });
});
