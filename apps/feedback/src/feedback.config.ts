import {
  AuthSettings, CrossCheck, DurationVariable, FactSettings, Group, HttpSettings, IntegerVariable, KafkaSettings, LogSettings,
  MongoSettings, SecretFileVariable, TextVariable, TraceSettings, loadConfig, type ConfigProblem, type DeepReadonly,
  type Environment, type Secret,
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

  @Group(TraceSettings)
  readonly traces!: TraceSettings;

  @Group(FactSettings)
  readonly facts!: FactSettings;

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
