import {
  AuthSettings, DurationVariable, Group, HttpSettings, IntegerVariable, KafkaSettings, LogSettings, MongoSettings,
  loadConfig, type DeepReadonly,
} from '@index766/platform-config';

export class AggregatorSettings {
  @Group(HttpSettings, { port: 7666 })
  readonly http!: HttpSettings;

  @Group(MongoSettings, { database: 'aggregator' })
  readonly mongo!: MongoSettings;

  @Group(KafkaSettings, { clientId: 'aggregator' })
  readonly kafka!: KafkaSettings;

  @Group(AuthSettings)
  readonly auth!: AuthSettings;

  @Group(LogSettings)
  readonly log!: LogSettings;

  /** How many days back ended weeks and months are kept up to date; older ones are computed when they are asked for. */
  @IntegerVariable('SCORES_KEPT_ENDED_DAYS', { min: 0, max: 400 })
  readonly keptEndedDays: number = 35;

  /** The longest pause between two merges of one province; merges that take little time come sooner after each other. */
  @DurationVariable('SCORES_MERGE_GAP_MS', { minMs: 10, maxMs: 60_000 })
  readonly mergeGapMs: number = 1_000;
}

/** What the maintenance commands need: stores, no HTTP. */
export class MaintenanceSettings {
  @Group(MongoSettings, { database: 'aggregator' })
  readonly mongo!: MongoSettings;

  @Group(KafkaSettings, { clientId: 'aggregator-maintenance' })
  readonly kafka!: KafkaSettings;

  @Group(LogSettings)
  readonly log!: LogSettings;

  /** As of the members whose figures are compared. */
  @IntegerVariable('SCORES_KEPT_ENDED_DAYS', { min: 0, max: 400 })
  readonly keptEndedDays: number = 35;
}

export type AggregatorConfig = DeepReadonly<AggregatorSettings>;
export type MaintenanceConfig = DeepReadonly<MaintenanceSettings>;

/** Reads the environment; throws a `ConfigError` that names every variable that is wrong. */
export function loadAggregatorConfig(environment: NodeJS.ProcessEnv = process.env): AggregatorConfig {
  return loadConfig(AggregatorSettings, environment);
}

/** As `loadAggregatorConfig`, for the maintenance commands. */
export function loadMaintenanceConfig(environment: NodeJS.ProcessEnv = process.env): MaintenanceConfig {
  return loadConfig(MaintenanceSettings, environment);
}
