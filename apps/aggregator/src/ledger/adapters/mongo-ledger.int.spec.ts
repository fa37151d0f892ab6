import { dossierTopic } from '@index766/contracts-dossiers';
import { instantOf, type UnitCode } from '@index766/kernel';
import { ensureIndexes, openMongo, type MongoDatabase } from '@index766/platform-mongo';
import { databaseName, mongoUri } from '@index766/testing-integration';

import { CASES } from '../cases';
import type { KnownFact } from '../known-fact';
import { addFacts } from '../ledger-entry';
import { MongoLedger, ledgerIndexes } from './mongo-ledger';

/** More than two pages. */
const DOSSIERS = 1_201;
const UNIT = 'H44.1' as UnitCode;

let database: MongoDatabase;

beforeAll(async () => {
  database = await openMongo({
    uri: mongoUri(), database: databaseName(__filename), commandTimeoutMs: 30_000, serverSelectionTimeoutMs: 30_000, maxPoolSize: 4, startUpTimeoutMs: 60_000,
  });
  await ensureIndexes(database, ledgerIndexes(CASES));
}, 120_000);
afterAll(() => database.close());

function entryOf(id: string, unit: string) {
  const known: KnownFact = {
    fact: {
      topic: dossierTopic.name, sequence: 1, kind: 'dossier-received', occurredAt: instantOf(1), recordedAt: instantOf(1), timeBasis: 'stated',
      body: { unit, procedure: '2.000815', channel: 'online', source: 'specs', pushed: true },
    },
    knownAt: instantOf(1),
  };
  const { entry } = addFacts(undefined, id, [known], CASES);
  return entry === undefined ? [] : [{ entry, rev: 0, partition: 0 }];
}

describe('the facts of a unit with a long history', () => {
  it('are read page by page: each dossier of the unit once, and none of others', async () => {
    const ledger = new MongoLedger(database, CASES);
    const ids = Array.from({ length: DOSSIERS }, (_, index) => `H44.1-${String(index).padStart(5, '0')}`);
    await ledger.saveMany([...ids.flatMap((id) => entryOf(id, UNIT)), ...ids.flatMap((id) => entryOf(id.replace('H44.1', 'H44.2'), 'H44.2'))]);

    const read: string[] = [];
    for await (const { id } of ledger.factsOfUnit(UNIT)) read.push(id);
    expect(read).toEqual(ids);
    expect(await ledger.viewsKnownBy(UNIT, instantOf(1))).toHaveLength(DOSSIERS);
    expect(await ledger.viewsKnownBy(UNIT, instantOf(0))).toEqual([]);
  }, 120_000);
});

describe('the views of a partition that its reader knows in part', () => {
  it('come with their revisions, and of what is known at its revision the id alone, page by page', async () => {
    const ledger = new MongoLedger(database, CASES);
    const partition = 7;
    const ids = Array.from({ length: DOSSIERS }, (_, index) => `H44.7-${String(index).padStart(5, '0')}`);
    await ledger.saveMany(ids.flatMap((id) => entryOf(id, 'H44.7')).map((each) => ({ ...each, partition })));
    const changed = [ids[3], ids[1_100]].filter((id) => id !== undefined);
    const before = await ledger.findMany(changed);
    expect(await ledger.saveMany([...before.values()])).toEqual(new Set());

    const read = { known: [] as string[], stored: [] as (readonly [string, number])[] };
    for await (const { known, stored } of ledger.viewsOfPartition(partition, (id, rev) => id !== ids[0] && rev === 1)) {
      read.known.push(...known);
      read.stored.push(...stored.map(({ view, rev }) => [CASES.idOf(view), rev] as const));
    }

    expect(read.stored.sort(([a], [b]) => (a < b ? -1 : 1))).toEqual([[ids[0], 1], [ids[3], 2], [ids[1_100], 2]]);
    expect(read.known).toEqual(ids.filter((id) => id !== ids[0] && !changed.includes(id)));
  }, 120_000);
});
