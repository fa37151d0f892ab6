import { partitionOf } from '@index766/platform-kafka';
import { AggregateStore, ensureIndexes, newAggregate, openMongo, type MongoDatabase } from '@index766/platform-mongo';
import { databaseName, mongoUri, uniqueName } from '@index766/testing-integration';
import { DOSSIERS_CONTRACT } from '../test/dossiers.contract';
import { hoSo } from '../test/push-elements';
import { october, pushContext, pushedAll, unknownDossier } from '../test/pushes';
import type { DossierFields } from './dossier.mapper';
import { DOSSIER_COLLECTION, MongoDossiers } from './mongo-dossiers';

let database: MongoDatabase;
beforeAll(async () => {
  database = await openMongo({
    uri: mongoUri(), database: databaseName(__filename), commandTimeoutMs: 10_000, serverSelectionTimeoutMs: 3_000, maxPoolSize: 20, startUpTimeoutMs: 30_000,
  });
  await ensureIndexes(database, new MongoDossiers(storeOf(DOSSIER_COLLECTION)).indexes);
}, 60_000);
afterAll(() => database.close());

const storeOf = (collection: string) => new AggregateStore<DossierFields>(database, { collection, slotOf: (id) => partitionOf(id, 3) });

describe('a store of dossiers as documents', () => {
  it.each(DOSSIERS_CONTRACT)('%s', (_rule, thenIt) => thenIt(new MongoDossiers(storeOf(uniqueName('dossiers')))));

  it('lets the review find a dossier exactly while a change of reference records may move its due date', async () => {
    const dossiers = new MongoDossiers(storeOf(DOSSIER_COLLECTION));
    const dossier = pushedAll([hoSo({ NgayHenTra: '' })], pushContext({ recordedAt: october('06 12:00') }));
    const isMoving = async () => (await database.collection<{ _id: string; moving?: true }>(DOSSIER_COLLECTION).countDocuments({ moving: true })) === 1;

    await dossiers.saveMany([{ of: newAggregate(dossier.state.dossier), ...dossier }]);
    expect(await isMoving()).toBe(true);

    const stored = (await dossiers.findMany([dossier.state.dossier])).get(dossier.state.dossier);
    const ended = pushedAll([hoSo({ TrangThaiHoSo: 9, NgayHenTra: '', NgayKetThucXuLy: '09/10/2026 10:00:00' })], pushContext({ recordedAt: october('10 12:00') }), { ...unknownDossier(), ...dossier, facts: [], intake: [] });
    if (stored !== undefined) await dossiers.saveMany([{ of: stored.ref, ...ended }]);
    expect(await isMoving()).toBe(false);
  });
});
