import { empty, openSpecDatabase } from '../test/open-spec-database';
import { ensureIndexes, type IndexDeclaration } from './indexes';
import type { MongoDatabase } from './mongo-database';

const byUnit: IndexDeclaration = { collection: 'dossiers', name: 'by_unit', keys: { unit: 1, _id: 1 }, query: 'dossiers of a unit, page by page' };
const expiring: IndexDeclaration = {
  collection: 'sessions', name: 'expiry', keys: { endsAt: 1 }, query: 'removal of what has ended', expireAfterSeconds: 60, sparse: true,
};

describe('indexes', () => {
  let database: MongoDatabase;

  beforeAll(async () => {
    database = await openSpecDatabase(__filename);
  });
  afterAll(() => database.close());

  const namesOf = async (collection: string) => (await database.collection(collection).indexes()).map(({ name }) => name).sort();

  it('are made by several members at once, and again at the next start', async () => {
    await Promise.all([1, 2, 3].map(() => ensureIndexes(database, [byUnit, expiring])));
    await ensureIndexes(database, [byUnit, expiring]);
    expect(await namesOf('dossiers')).toEqual(['_id_', 'by_unit']);
    expect(await namesOf('sessions')).toEqual(['_id_', 'expiry']);
  });

  it('keep what is in a collection', async () => {
    await empty(database, 'dossiers');
    await database.collection<{ _id: string }>('dossiers').insertOne({ _id: 'd1' });
    await ensureIndexes(database, [byUnit, { ...byUnit, name: 'by_unit_and_day', keys: { unit: 1, day: 1 } }]);
    expect(await database.collection('dossiers').countDocuments()).toBe(1);
  });

  it('refuse other keys under a known name', async () => {
    await ensureIndexes(database, [byUnit]);
    await expect(ensureIndexes(database, [{ ...byUnit, keys: { unit: 1 } }])).rejects.toThrow('same name');
  });
});
