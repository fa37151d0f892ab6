import {
  AuthSettings, CrossCheck, DurationVariable, Group, HttpSettings, IntegerVariable, KafkaSettings, ListVariable, LogSettings, MongoSettings,
  SecretFileVariable, TextVariable, loadConfig, type ConfigProblem, type DeepReadonly, type Environment, type Secret,
} from '@index766/platform-config';

const SHORTEST_KEY = 32;

/** Settings of the service `feedback`. */
@CrossCheck(tokenKeyProblems)
export class FeedbackSettings {
  @Group(HttpSettings, { port: 7665 })
  readonly http!: HttpSettings;

  @Group(MongoSettings, { database: 'feedback' })
  readonly mongo!: MongoSettings;

  @Group(KafkaSettings, { clientId: 'feedback' })
  readonly kafka!: KafkaSettings;

  @Group(AuthSettings)
  readonly auth!: AuthSettings;

  @Group(LogSettings)
  readonly log!: LogSettings;

  /** Makes the tokens with which citizens rate; another key leaves those that were issued as they are. */
  @SecretFileVariable('RATING_TOKEN_KEY_FILE')
  readonly tokenKey!: Secret;

  /** How long after it was first given a rating may be changed. */
  @DurationVariable('RATING_CHANGE_WITHIN_MS', { minMs: 0, maxMs: 365 * 86_400_000 })
  readonly changeWithinMs: number = 7 * 86_400_000;

  /** Words by token that one address may send in a minute; a burst of as many passes. */
  @IntegerVariable('RATING_REQUESTS_PER_MINUTE', { min: 1, max: 100_000 })
  readonly ratingsPerMinute: number = 30;

  /** The calendar that terms are computed with. */
  @TextVariable('CALENDAR_ID', { pattern: /^[a-z0-9][a-z0-9-]{0,31}$/ })
  readonly calendarId: string = 'vn';

  /** A record that waits in an outbox for longer while the broker answers is an alarm. */
  @DurationVariable('OUTBOX_ALARM_MS', { minMs: 1_000, maxMs: 3_600_000 })
  readonly outboxAlarmMs: number = 300_000;

  /** Partitions of the topics keyed by dossier: 12 to a province, 48 for the country; fixed at first start. */
  @IntegerVariable('TOPIC_PARTITIONS', { min: 1, max: 1_000 })
  readonly topicPartitions: number = 12;

  /** Between two watermarks of a partition. */
  @DurationVariable('WATERMARK_INTERVAL_MS', { minMs: 1_000, maxMs: 600_000 })
  readonly watermarkIntervalMs: number = 60_000;

  /** Records of this service's topics that it did not send, `topic/partition/offset` with commas between: left out at the start. */
  @ListVariable('RESTORE_IGNORED_RECORDS', { pattern: /^[a-z0-9.-]+\/\d+\/\d+$/, example: 'feedback.public.petition.v1/3/4711', optional: true })
  readonly ignoredRecords?: readonly string[];
}

export type FeedbackConfig = DeepReadonly<FeedbackSettings>;

/** @throws ConfigError with every problem, by the names of the variables. */
export function loadFeedbackConfig(environment: Environment = process.env): FeedbackConfig {
  return loadConfig(FeedbackSettings, environment);
}

function tokenKeyProblems({ tokenKey }: FeedbackSettings): readonly ConfigProblem[] {
  return tokenKey.reveal().length < SHORTEST_KEY
    ? [{ variable: 'RATING_TOKEN_KEY_FILE', problem: `must name a file with at least ${SHORTEST_KEY} characters` }]
    : [];
}
