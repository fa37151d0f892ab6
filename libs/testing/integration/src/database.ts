import { mongo } from 'mongoose';
import { mongoUri } from './addresses';

export interface OpenDatabase {
  readonly db: mongo.Db;
  close(): Promise<void>;
}

/** A plain driver connection, for specs that look at documents or put some there. Close it in afterAll. */
export async function openDatabase(name: string, uri: string = mongoUri()): Promise<OpenDatabase> {
  const client = await new mongo.MongoClient(uri).connect();
  return { db: client.db(name), close: () => client.close() };
}
