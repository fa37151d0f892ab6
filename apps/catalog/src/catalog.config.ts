import {
  AuthSettings, DurationVariable, Group, HttpSettings, KafkaSettings, LogSettings, MongoSettings, ListVariable, TextVariable,
  TraceSettings, loadConfig, type DeepReadonly, type Environment,
} from '@index766/platform-config';

/** Settings of the service `catalog`. */
export class CatalogSettings {
  @Group(HttpSettings, { port: 7661 })
  readonly http!: HttpSettings;

  @Group(MongoSettings, { database: 'catalog' })
  readonly mongo!: MongoSettings;

  @Group(KafkaSettings, { clientId: 'catalog' })
  readonly kafka!: KafkaSettings;

  @Group(AuthSettings)
  readonly auth!: AuthSettings;

  @Group(LogSettings)
  readonly log!: LogSettings;

  @Group(TraceSettings)
  readonly traces!: TraceSettings;

  /** Group that takes in who pushes named; another one reads them all again. */
  @TextVariable('OFFICERS_GROUP', { pattern: /^[a-z][a-z0-9.-]{0,99}$/ })
  readonly officersGroup: string = 'catalog.officers';

  /** Between two watermarks. */
  @DurationVariable('WATERMARK_INTERVAL_MS', { minMs: 100, maxMs: 600_000 })
  readonly watermarkIntervalMs: number = 60_000;

  /** A record that waits in an outbox for longer while the broker answers is an alarm. */
  @DurationVariable('OUTBOX_ALARM_MS', { minMs: 1_000, maxMs: 3_600_000 })
  readonly outboxAlarmMs: number = 300_000;

  /** Records of this service's topics that it did not send, `topic/partition/offset` with commas between: left out at the start. */
  @ListVariable('RESTORE_IGNORED_RECORDS', { pattern: /^[a-z0-9.-]+\/\d+\/\d+$/, example: 'dossiers.public.dossier.v1/3/4711', optional: true })
  readonly ignoredRecords?: readonly string[];
}

export type CatalogConfig = DeepReadonly<CatalogSettings>;

/** @throws ConfigError with every problem, by the names of the variables. */
export function loadCatalogConfig(environment: Environment = process.env): CatalogConfig {
  return loadConfig(CatalogSettings, environment);
}
