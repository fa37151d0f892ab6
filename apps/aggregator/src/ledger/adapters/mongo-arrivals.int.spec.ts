import { dossierTopic } from '@index766/contracts-dossiers';
import { DESK_SOURCE } from '@index766/dossier-life';
import { MILLISECONDS_PER_DAY, instantOf, type Instant } from '@index766/kernel';
import { ensureIndexes, openMongo, type MongoDatabase } from '@index766/platform-mongo';
import { databaseName, mongoUri } from '@index766/testing-integration';

import type { KnownFact } from '../known-fact';
import { ARRIVAL_INDEXES, MongoArrivals } from './mongo-arrivals';

const day = (number: number): Instant => instantOf(number * MILLISECONDS_PER_DAY);
const fact = (kind: string, on: number, body: object): KnownFact => ({
  fact: { kind, occurredAt: day(on), recordedAt: day(on), topic: dossierTopic.name, sequence: on, timeBasis: 'stated', body }, knownAt: day(on),
});
const received = (unit: string, source: string, on: number) => fact('dossier-received', on, { unit, source });

let database: MongoDatabase;
beforeAll(async () => {
  database = await openMongo({
    uri: mongoUri(), database: databaseName(__filename), commandTimeoutMs: 30_000, serverSelectionTimeoutMs: 30_000, maxPoolSize: 4, startUpTimeoutMs: 60_000,
  });
  await ensureIndexes(database, ARRIVAL_INDEXES);
}, 120_000);
afterAll(() => database.close());

const known = (source: string, heardOn: number, completeOn = 0, saidOn = 0) => ({ source, heardAt: day(heardOn), completeUntil: day(completeOn), saidAt: day(saidOn) });

describe('notes about what came', () => {
  const arrivals = () => new MongoArrivals(database);
  const isMoved = (unit: string) => unit === 'H44.4';

  it('say of a unit that moved which sources speak of it, and when these were heard last, whatever of', async () => {
    const notes = arrivals();
    for (const [unit, source, on] of [['H44.4', 'old', 10], ['H44.1', 'old', 90], ['H44.4', 'new', 80], ['H45.1', 'new', 85], ['H44.1', 'third', 70]] as const) {
      const arrived = received(unit, source, on);
      await notes.take([{ id: `${unit}-${on}`, facts: [arrived], arrived: [arrived] }]);
    }
    expect(await arrivals().sourcesOf(['H44', 'H45'], isMoved, day(60))).toEqual([known('new', 85)]);
    // It spoke of the unit then, and is not silent: it speaks of others.
    expect(await arrivals().sourcesOf(['H44', 'H45'], isMoved, day(9))).toEqual([known('new', 85), known('old', 90)]);
  });

  it('keep the latest, in whatever order it came', async () => {
    const notes = arrivals();
    for (const on of [20, 30, 25]) {
      const arrived = received('H46.1', 'any', on);
      await notes.take([{ id: `H46.1-${on}`, facts: [arrived], arrived: [arrived] }]);
    }
    expect(await notes.sourcesOf(['H46'], () => true, day(29))).toEqual([known('any', 30)]);
    expect(await notes.sourcesOf(['H46'], () => true, day(32))).toEqual([]);
  });

  it('say of a source that it pushed without anything new, and up to where it pushed everything', async () => {
    const notes = arrivals();
    const arrived = received('H50.1', 'idle', 20);
    await notes.take([{ id: 'H50.1-1', facts: [arrived], arrived: [arrived] }]);
    for (const heardAt of [day(31), day(28)]) await notes.takeSaid([{ source: 'idle', saidAt: heardAt, heardAt }, { source: 'elsewhere', saidAt: heardAt, heardAt }]);
    for (const completeUntil of [day(30), day(29)]) await arrivals().takeSaid([{ source: 'idle', saidAt: day(32), completeUntil }]);
    expect(await arrivals().sourcesOf(['H50'], () => true, day(10))).toEqual([known('idle', 31, 30, 32)]);
    expect(await notes.earliestSince(['H50'], instantOf(0))).toEqual(day(20));
  });

  it('of an earlier version say no units: it was heard in the province of the codes', async () => {
    await database.collection<{ readonly _id: string }>('arrivals')
      .insertOne({ _id: 'source H47 before', root: 'H47', kind: 'source', source: 'before', heardAt: day(50) } as { readonly _id: string });
    expect(await arrivals().sourcesOf(['H47'], (unit) => unit === 'H47', day(40))).toEqual([known('before', 50)]);
  });

  it('say of a push that an earlier version noted when it was told of, and of its desks nothing', async () => {
    const notes: readonly { readonly _id: string }[] = [
      { _id: 'source H51 before', root: 'H51', kind: 'source', source: 'before', heardAt: day(50) },
      { _id: 'said before', kind: 'said', source: 'before', heardAt: day(49) },
      { _id: 'source H51 desk', root: 'H51', kind: 'source', source: DESK_SOURCE, heardAt: day(50) },
    ] as never;
    await database.collection<{ readonly _id: string }>('arrivals').insertMany([...notes]);
    expect(await arrivals().sourcesOf(['H51'], () => true, day(40))).toEqual([known('before', 50, 0, 49)]);
  });

  it('say who speaks of a unit, when others told of its dossier', async () => {
    const registered = { ...received('H52.1', 'loaded', 20), fact: { ...received('H52.1', 'loaded', 20).fact, backfill: true } };
    await arrivals().take([{ id: 'H52.1-1', facts: [registered], arrived: [registered] }]);
    expect(await arrivals().sourcesOf(['H52'], () => true, day(10))).toEqual([known('loaded', 0)]);
  });

  it('reach back as far as anything of one of these roots, or of nobody knows which', async () => {
    const notes = arrivals();
    const since = instantOf(database.now() - MILLISECONDS_PER_DAY);
    const [early, unknown] = [received('H48.1', 'any', 40), fact('dossier-finished', 30, {})];
    await notes.take([{ id: 'H48.1-1', facts: [early], arrived: [early] }]);
    expect([await notes.earliestSince(['H49'], since), await notes.earliestSince(['H48', 'H49'], since)]).toEqual([undefined, day(40)]);
    await notes.take([{ id: 'X', facts: [unknown], arrived: [unknown] }]);
    expect(await notes.earliestSince(['H49'], since)).toBe(day(30));
  });
});
