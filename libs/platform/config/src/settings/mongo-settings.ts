import type { Secret } from '../secret';
import { DurationVariable, IntegerVariable, SecretVariable, TextVariable } from '../variables';

/** How a service reaches its database (`openMongo(config.mongo)`). */
export class MongoSettings {
  /** With hosts, credentials and every option of the connection: a secret. */
  @SecretVariable('MONGO_URI')
  readonly uri!: Secret;

  @TextVariable('MONGO_DATABASE', { pattern: /^[a-z][a-z0-9_-]{0,37}$/ })
  readonly database!: string;

  @DurationVariable('MONGO_COMMAND_TIMEOUT_MS', { minMs: 100, maxMs: 60_000 })
  readonly commandTimeoutMs: number = 10_000;

  @DurationVariable('MONGO_SERVER_SELECTION_TIMEOUT_MS', { minMs: 100, maxMs: 60_000 })
  readonly serverSelectionTimeoutMs: number = 3_000;

  @IntegerVariable('MONGO_MAX_POOL_SIZE', { min: 2, max: 500 })
  readonly maxPoolSize: number = 20;

  @DurationVariable('MONGO_START_UP_TIMEOUT_SECONDS', { minMs: 1_000 })
  readonly startUpTimeoutMs: number = 60_000;
}
