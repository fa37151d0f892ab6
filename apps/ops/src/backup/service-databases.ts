import {
  copiedCollections, documentPages, hasDocuments, isDatabaseAway, openMongo, putDocuments, type MongoDatabase,
} from '@index766/platform-mongo';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { OpsFailure } from '../failure';
import type { DatabaseConfig } from '../ops.config';
import { framePages, FrameWriter } from './frames';
import type { CollectionFile } from './backup-list';

const FOLDER = 'databases';
const PAGE = 500;

/** The databases that a backup has, by what they are for. The aggregator's generations are made of topics alone. */
export class ServiceDatabases {
  private constructor(private readonly databases: ReadonlyMap<string, MongoDatabase>) {}

  static async open({ mongo, names }: DatabaseConfig): Promise<ServiceDatabases> {
    const opened = new Map<string, MongoDatabase>();
    try {
      for (const [purpose, database] of Object.entries(names)) opened.set(purpose, await openMongo({ ...mongo, database }));
    } catch (error) {
      await closeAll(opened.values());
      throw isDatabaseAway(error) ? new OpsFailure('The database server does not answer (MONGO_URI).') : error;
    }
    return new ServiceDatabases(opened);
  }

  /** Writes every document of every collection below the folder, a file for each collection. */
  async copyTo(folder: string): Promise<readonly CollectionFile[]> {
    const files: CollectionFile[] = [];
    for (const [purpose, database] of this.databases) {
      mkdirSync(path.join(folder, FOLDER, purpose), { recursive: true, mode: 0o700 });
      for (const collection of await copiedCollections(database)) {
        const file = path.join(FOLDER, purpose, `${collection}.bson.gz`);
        const writer = new FrameWriter(path.join(folder, file));
        for await (const page of documentPages(database, collection)) await writer.write(page);
        files.push({ database: purpose, collection, file, ...await writer.end() });
      }
    }
    return files;
  }

  /** Names of databases that are not empty. */
  async inUse(): Promise<readonly string[]> {
    const used: string[] = [];
    for (const database of this.databases.values()) if (await hasDocuments(database)) used.push(database.name);
    return used;
  }

  async putBack(folder: string, files: readonly CollectionFile[]): Promise<void> {
    for (const { database: purpose, collection, file } of files) {
      const database = this.databases.get(purpose);
      if (database === undefined) throw new OpsFailure(`The backup has a database of ${purpose}, which this program does not know.`);
      for await (const page of framePages(path.join(folder, file), PAGE)) await putDocuments(database, collection, page);
    }
  }

  close(): Promise<void> {
    return closeAll(this.databases.values());
  }
}

async function closeAll(databases: Iterable<MongoDatabase>): Promise<void> {
  for (const database of databases) await database.close();
}
