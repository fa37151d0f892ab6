import {
  AuthSettings, DurationVariable, Group, HttpSettings, IntegerVariable, KafkaSettings, ListVariable, LogSettings, MongoSettings, loadConfig,
  type DeepReadonly, type Environment,
} from '@index766/platform-config';

/** Settings of the service `digitization`. */
export class DigitizationSettings {
  @Group(HttpSettings, { port: 7664 })
  readonly http!: HttpSettings;

  @Group(MongoSettings, { database: 'digitization' })
  readonly mongo!: MongoSettings;

  @Group(KafkaSettings, { clientId: 'digitization' })
  readonly kafka!: KafkaSettings;

  @Group(AuthSettings)
  readonly auth!: AuthSettings;

  @Group(LogSettings)
  readonly log!: LogSettings;

  /** A record that waits in an outbox for longer while the broker answers is an alarm. */
  @DurationVariable('OUTBOX_ALARM_MS', { minMs: 1_000, maxMs: 3_600_000 })
  readonly outboxAlarmMs: number = 300_000;

  /** Partitions of the topics keyed by dossier: 12 to a province, 48 for the country; fixed at first start. */
  @IntegerVariable('TOPIC_PARTITIONS', { min: 1, max: 1_000 })
  readonly topicPartitions: number = 12;

  /** Between two watermarks of a partition. */
  @DurationVariable('WATERMARK_INTERVAL_MS', { minMs: 1_000, maxMs: 600_000 })
  readonly watermarkIntervalMs: number = 60_000;

  /** Records of this service's topic that it did not send, `topic/partition/offset` with commas between: left out at the start. */
  @ListVariable('RESTORE_IGNORED_RECORDS', { pattern: /^[a-z0-9.-]+\/\d+\/\d+$/, example: 'digitization.public.document.v1/3/4711', optional: true })
  readonly ignoredRecords?: readonly string[];
}

export type DigitizationConfig = DeepReadonly<DigitizationSettings>;

/** @throws ConfigError with every problem, by the names of the variables. */
export function loadDigitizationConfig(environment: Environment = process.env): DigitizationConfig {
  return loadConfig(DigitizationSettings, environment);
}
