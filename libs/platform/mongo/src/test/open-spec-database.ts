import { databaseName, mongoUri } from '@index766/testing-integration';
import { openMongo, type MongoDatabase } from '../connection/mongo-database';
import { mongoOptions } from './dossier-store';

/** The database of one spec file (pass `__filename`), as a service opens it. Close it in afterAll. */
export function openSpecDatabase(spec: string): Promise<MongoDatabase> {
  return openMongo(mongoOptions(mongoUri(), databaseName(spec)));
}

/** Empties collections between the examples of a spec. */
export async function empty(database: MongoDatabase, ...collections: readonly string[]): Promise<void> {
  for (const collection of collections) await database.collection(collection).deleteMany({});
}
