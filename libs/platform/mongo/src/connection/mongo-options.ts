/** How to reach the database. A service's configuration group (`MongoSettings` of platform-config) has this shape. */
export interface MongoOptions {
  /** The whole connection string: hosts, credentials, TLS and replica set all come from it and from nowhere else. */
  readonly uri: string | { reveal(): string };
  readonly database: string;
  /** Longest time the server may work on one command (`maxTimeMS`). */
  readonly commandTimeoutMs: number;
  /** How long an operation waits for a usable server before it fails as "database away". */
  readonly serverSelectionTimeoutMs: number;
  readonly maxPoolSize: number;
  /** How long `openMongo` keeps trying at start-up before it gives up. */
  readonly startUpTimeoutMs: number;
}
