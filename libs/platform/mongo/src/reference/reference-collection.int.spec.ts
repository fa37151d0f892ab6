import { until } from '@index766/testing-integration';
import { ensureIndexes } from '../connection/indexes';
import type { MongoDatabase } from '../connection/mongo-database';
import { empty, openSpecDatabase } from '../test/open-spec-database';
import { ReferenceCache } from './reference-cache';
import { ReferenceCollection } from './reference-collection';

interface Unit {
  readonly name: string;
  readonly parent?: string;
}

describe('reference documents', () => {
  let database: MongoDatabase;
  let units: ReferenceCollection<Unit>;

  beforeAll(async () => {
    database = await openSpecDatabase(__filename);
    units = new ReferenceCollection(database, 'units');
    await ensureIndexes(database, units.indexes);
  });
  beforeEach(() => empty(database, 'units'));
  afterAll(() => database.close());

  it('are replaced whole and fenced by their revision', async () => {
    expect(await units.replaceMany([{ id: 'H44', rev: 0, content: { name: 'first', parent: 'VN' } }])).toEqual(new Set());
    expect(await units.replaceMany([{ id: 'H44', rev: 1, content: { name: 'second' } }])).toEqual(new Set());
    expect(await units.replaceMany([{ id: 'H44', rev: 1, content: { name: 'late' } }])).toEqual(new Set(['H44']));
    expect(await units.findMany(['H44', 'H45'])).toEqual(new Map([['H44', { id: 'H44', rev: 2, content: { name: 'second' } }]]));
  });

  it('are found by when the server wrote them', async () => {
    await units.replaceMany([{ id: 'H44', rev: 0, content: { name: 'first' } }]);
    const { documents, next } = await units.changedSince(undefined);
    expect(documents).toHaveLength(1);
    expect((await units.changedSince(next)).documents).toHaveLength(1);
    const future = new Date(database.now() + 60_000);
    expect((await units.changedSince(future)).documents).toEqual([]);
  });

  it('are not read again by who knows them at their revision', async () => {
    await units.replaceMany([{ id: 'H44', rev: 0, content: { name: 'first' } }, { id: 'H45', rev: 0, content: { name: 'other' } }]);
    const { next } = await units.changedSince(undefined);
    await units.replaceMany([{ id: 'H44', rev: 1, content: { name: 'second' } }]);
    expect((await units.changedSince(next, () => 1)).documents).toEqual([{ id: 'H44', rev: 2, content: { name: 'second' } }]);
    expect((await units.changedSince(next, () => 2)).documents).toEqual([]);
  });

  it('reach the cache of every member', async () => {
    await units.replaceMany([{ id: 'H44', rev: 0, content: { name: 'first' } }]);
    const members = [new ReferenceCache(units, { pollMs: 20 }), new ReferenceCache(units, { pollMs: 20 })];
    await Promise.all(members.map((member) => member.start()));
    expect(members.map((member) => member.find('H44')?.name)).toEqual(['first', 'first']);

    await units.replaceMany([
      { id: 'H44', rev: 1, content: { name: 'second' } },
      { id: 'H44.1', rev: 0, content: { name: 'office' } },
    ]);

    await until(() => members.every((member) => member.find('H44')?.name === 'second' && member.size === 2));
    await Promise.all(members.map((member) => member.stop()));
  });
});
