import type { Instant } from '@index766/kernel';
import type { Logger, Metrics } from '@index766/platform-observability';
import { createConnection, type Connection, type ConnectOptions, type mongo } from 'mongoose';
import { isDatabaseAway } from '../failures/database-failure';
import type { RetryOptions } from '../failures/retrying';
import { MONGO_METRICS } from '../mongo-metrics';
import { endsWithin, pause } from '../timing';
import { DatabaseClock } from './database-clock';
import type { MongoOptions } from './mongo-options';
import { watchMonitors } from './monitor-watch';

const CLOCK_INTERVAL_MS = 30_000;
const START_UP_PAUSE_MS = 500;
const CLOSE_WITHIN_MS = 1_000;
/** A check connects and asks, each within the limit of connecting; a third one is for a machine that is slow. */
const CHECK_WITHIN_LIMITS = 3;

export type MongoCollection<Document extends mongo.Document> = mongo.Collection<Document>;

export interface MongoObservation {
  readonly log?: Logger;
  /** The service's registry. */
  readonly metrics?: Metrics;
}

/** One service's database: the mongoose connection, its driver collections and its clock. Made by `openMongo`. */
export class MongoDatabase {
  readonly name: string;
  /** `maxTimeMS` for commands that adapters send themselves. */
  readonly commandTimeoutMs: number;
  /** For `retrying`: counts what is sent again. */
  readonly retry: RetryOptions;
  readonly #clock: DatabaseClock;
  readonly #clockTimer: NodeJS.Timeout;

  constructor(
    /** For mongoose models in adapters; hot paths use `collection`. */
    readonly connection: Connection,
    private readonly options: MongoOptions,
    { metrics }: MongoObservation,
  ) {
    this.name = options.database;
    this.commandTimeoutMs = options.commandTimeoutMs;
    const repeated = metrics?.of(MONGO_METRICS).repeated;
    this.retry = { onRetry: () => repeated?.add({}) };
    this.#clock = new DatabaseClock(() => this.askLocalTime());
    this.#clockTimer = setInterval(() => {
      // While the database is away the last sample goes on serving.
      this.#clock.measure().catch(() => undefined);
    }, CLOCK_INTERVAL_MS).unref();
  }

  /** Driver collection; w=majority as the whole connection. */
  collection<Document extends mongo.Document>(name: string): MongoCollection<Document> {
    return databaseOf(this.connection, this.name).collection<Document>(name);
  }

  /** The server's clock, asked now. */
  serverNow(): Promise<Instant> {
    return this.#clock.measure();
  }

  /** The server's clock by the last measurement: no round trip, never backwards. */
  now(): Instant {
    return this.#clock.now();
  }

  /** For readiness; rejects when the database is away. */
  async ping(): Promise<void> {
    await databaseOf(this.connection, this.name).command({ ping: 1, maxTimeMS: this.commandTimeoutMs });
  }

  /** Work that may take longer than a command of the running service (building an index), on a connection of its own. */
  async patiently<T>(timeoutMs: number, work: (database: mongo.Db) => Promise<T>): Promise<T> {
    const connection = createConnection(uriOf(this.options), {
      ...connectOptionsOf(this.options),
      socketTimeoutMS: timeoutMs,
      maxPoolSize: 1,
    });
    try {
      await connection.asPromise();
      return await work(databaseOf(connection, this.name));
    } finally {
      await connection.close();
    }
  }

  /** A server that does not answer is not waited for: the driver would say goodbye to it for as long as a command may take. */
  async close(): Promise<void> {
    clearInterval(this.#clockTimer);
    await endsWithin(this.connection.close(), CLOSE_WITHIN_MS);
  }

  private async askLocalTime(): Promise<number> {
    const hello = await databaseOf(this.connection, this.name).command({ hello: 1, maxTimeMS: this.commandTimeoutMs });
    const localTime: unknown = hello['localTime'];
    if (!(localTime instanceof Date)) throw new Error('the server states no localTime');
    return localTime.getTime();
  }
}

/** Connects, measures the clock; tries again while the database is away, rejects after `startUpTimeoutMs`. */
export async function openMongo(options: MongoOptions, observation: MongoObservation = {}): Promise<MongoDatabase> {
  const end = performance.now() + options.startUpTimeoutMs;
  for (;;) {
    try {
      return await connect(options, observation);
    } catch (error) {
      if (!isDatabaseAway(error) || performance.now() >= end) throw error;
      observation.log?.warn({ err: error, database: options.database }, 'the database does not answer yet');
      await pause(START_UP_PAUSE_MS);
    }
  }
}

async function connect(options: MongoOptions, observation: MongoObservation): Promise<MongoDatabase> {
  const connection = createConnection(uriOf(options), {
    ...connectOptionsOf(options),
    monitorCommands: observation.metrics !== undefined,
  });
  try {
    await connection.asPromise();
    observeCommands(connection, observation.metrics);
    watchMonitors(connection.getClient(), {
      checkWithinMs: CHECK_WITHIN_LIMITS * options.serverSelectionTimeoutMs, ...(observation.log === undefined ? {} : { log: observation.log }),
    });
    const database = new MongoDatabase(connection, options, observation);
    await database.serverNow();
    return database;
  } catch (error) {
    await connection.close(true);
    throw error;
  }
}

function connectOptionsOf(options: MongoOptions): ConnectOptions {
  const { database, serverSelectionTimeoutMs, commandTimeoutMs, maxPoolSize } = options;
  return {
    dbName: database,
    appName: database,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    maxPoolSize,
    serverSelectionTimeoutMS: serverSelectionTimeoutMs,
    connectTimeoutMS: serverSelectionTimeoutMs,
    // `maxTimeMS` is the server's own limit; this one is for a server that stopped or a network that swallows packets.
    socketTimeoutMS: commandTimeoutMs + serverSelectionTimeoutMs,
    // A busy pool is the database being away for this operation; without a limit it would wait for ever.
    waitQueueTimeoutMS: commandTimeoutMs,
    heartbeatFrequencyMS: 1_000,
    writeConcern: { w: 'majority', wtimeoutMS: commandTimeoutMs },
  };
}

function uriOf({ uri }: MongoOptions): string {
  return typeof uri === 'string' ? uri : uri.reveal();
}

function databaseOf(connection: Connection, name: string): mongo.Db {
  return connection.getClient().db(name);
}

function observeCommands(connection: Connection, metrics: Metrics | undefined): void {
  if (!metrics) return;
  const { commandTime } = metrics.of(MONGO_METRICS);
  const observe =
    (outcome: 'ok' | 'failed') =>
    ({ commandName, duration }: { commandName: string; duration: number }) =>
      commandTime.observe({ command: commandName, outcome }, duration / 1_000);
  connection.getClient().on('commandSucceeded', observe('ok')).on('commandFailed', observe('failed'));
}
