import type { Instant } from '@index766/kernel';
import type { Connection, mongo } from 'mongoose';
import type { MongoOptions } from './mongo-options';
import type { MongoLog, MongoMetrics } from '../observation';

/** One service's database: the mongoose connection, its driver collections and its clock. */
export declare class MongoDatabase {
  readonly name: string;
  /** For mongoose models in adapters; hot paths use `collection`. */
  readonly connection: Connection;
  /** `maxTimeMS` for commands that adapters send themselves. */
  readonly commandTimeoutMs: number;
  /** Driver collection with w=majority. */
  collection<Document extends mongo.Document>(name: string): mongo.Collection<Document>;
  /** The server's clock, asked now (`hello`.localTime). */
  serverNow(): Promise<Instant>;
  /** The server's clock by the offset measured last: no round trip. Monotonic within a process. */
  now(): Instant;
  /** One `ping`; rejects when the database is away. For readiness. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export type MongoCollection<Document extends mongo.Document> = mongo.Collection<Document>;

/** Connects with bounded retries; rejects with the last error after `startUpTimeoutMs`. */
export declare function openMongo(
  options: MongoOptions,
  observation?: { log?: MongoLog; metrics?: MongoMetrics },
): Promise<MongoDatabase>;
