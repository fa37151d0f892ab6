import {
  AuthSettings, CrossCheck, DurationVariable, Group, HttpSettings, IntegerVariable, KafkaSettings, ListVariable, LogSettings, MongoSettings,
  SecretFileVariable, TextVariable, loadConfig, type ConfigProblem, type DeepReadonly, type Environment, type Secret,
} from '@index766/platform-config';

const SHORTEST_KEY = 32;

/** Settings of the service `dossiers`. */
@CrossCheck(pseudonymKeyProblems)
export class DossiersSettings {
  @Group(HttpSettings, { port: 7662 })
  readonly http!: HttpSettings;

  @Group(MongoSettings, { database: 'dossiers' })
  readonly mongo!: MongoSettings;

  @Group(KafkaSettings, { clientId: 'dossiers' })
  readonly kafka!: KafkaSettings;

  @Group(AuthSettings)
  readonly auth!: AuthSettings;

  @Group(LogSettings)
  readonly log!: LogSettings;

  /** Makes officers' pseudonyms; another key makes other pseudonyms, so it never changes. */
  @SecretFileVariable('OFFICER_PSEUDONYM_KEY_FILE')
  readonly pseudonymKey!: Secret;

  /** Partitions of the topics keyed by dossier: 12 to a province, 48 for the country; fixed at first start. */
  @IntegerVariable('TOPIC_PARTITIONS', { min: 1, max: 1_000 })
  readonly topicPartitions: number = 12;

  /** The calendar that due dates are computed with. */
  @TextVariable('CALENDAR_ID', { pattern: /^[a-z0-9][a-z0-9-]{0,31}$/ })
  readonly calendarId: string = 'vn';

  /** Between two watermarks of a partition. */
  @DurationVariable('WATERMARK_INTERVAL_MS', { minMs: 1_000, maxMs: 600_000 })
  readonly watermarkIntervalMs: number = 60_000;

  /** A record that waits in an outbox for longer while the broker answers is an alarm. */
  @DurationVariable('OUTBOX_ALARM_MS', { minMs: 1_000, maxMs: 3_600_000 })
  readonly outboxAlarmMs: number = 300_000;

  /** Records of this service's topics that it did not send, `topic/partition/offset` with commas between: left out at the start. */
  @ListVariable('RESTORE_IGNORED_RECORDS', { pattern: /^[a-z0-9.-]+\/\d+\/\d+$/, example: 'dossiers.public.dossier.v1/3/4711', optional: true })
  readonly ignoredRecords?: readonly string[];

  /** Largest body of a push. */
  @IntegerVariable('PUSH_BODY_LIMIT_BYTES', { min: 1_024, max: 64 * 1024 * 1024 })
  readonly pushBodyLimitBytes: number = 16 * 1024 * 1024;
}

export type DossiersConfig = DeepReadonly<DossiersSettings>;

/** @throws ConfigError with every problem, by the names of the variables. */
export function loadDossiersConfig(environment: Environment = process.env): DossiersConfig {
  return loadConfig(DossiersSettings, environment);
}

function pseudonymKeyProblems({ pseudonymKey }: DossiersSettings): readonly ConfigProblem[] {
  return pseudonymKey.reveal().length < SHORTEST_KEY
    ? [{ variable: 'OFFICER_PSEUDONYM_KEY_FILE', problem: `must name a file with at least ${SHORTEST_KEY} characters` }]
    : [];
}
