import {
  AuthSettings, CrossCheck, DurationVariable, Group, HttpSettings, IntegerVariable, KafkaSettings, ListVariable, LogSettings,
  MongoSettings, SecretFileVariable, TraceSettings, loadConfig, type ConfigProblem, type DeepReadonly, type Secret,
} from '@index766/platform-config';

import { parseEarlierKeys } from './editions/adapters/edition-keys';

@CrossCheck(earlierKeyProblems)
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

  @Group(TraceSettings)
  readonly traces!: TraceSettings;

  /** How many days back ended weeks and months are kept up to date; older ones are computed when they are asked for. */
  @IntegerVariable('SCORES_KEPT_ENDED_DAYS', { min: 0, max: 400 })
  readonly keptEndedDays: number = 35;

  /** The longest pause between two merges of one province; merges that take little time come sooner after each other. */
  @DurationVariable('SCORES_MERGE_GAP_MS', { minMs: 10, maxMs: 60_000 })
  readonly mergeGapMs: number = 1_000;

  /** Fewest late dossiers with which an officer stands in the late-officer list. */
  @IntegerVariable('LATE_OFFICERS_THRESHOLD', { min: 1, max: 1_000_000 })
  readonly lateOfficersThreshold: number = 1;

  /** Working days after a period's end before the names of its published list are joined: until then it is objected to. */
  @IntegerVariable('OBJECTION_DAYS', { min: 1, max: 60 })
  readonly objectionDays: number = 2;

  /** Between two looks at which dossiers have come to be due soon, overdue, or overdue no more. */
  @DurationVariable('LATENESS_INTERVAL_MS', { minMs: 100, maxMs: 600_000 })
  readonly latenessIntervalMs: number = 60_000;

  /** Partitions of the topics keyed by dossier: 12 to a province, 48 for the country; fixed at first start. */
  @IntegerVariable('TOPIC_PARTITIONS', { min: 1, max: 1_000 })
  readonly topicPartitions: number = 12;

  /** A decision that waits in an outbox for longer while the broker answers is an alarm. */
  @DurationVariable('OUTBOX_ALARM_MS', { minMs: 1_000, maxMs: 3_600_000 })
  readonly outboxAlarmMs: number = 300_000;

  /** Records of the topic of decisions that were not sent from here, `topic/partition/offset` with commas between: left out at the start. */
  @ListVariable('RESTORE_IGNORED_RECORDS', { pattern: /^[a-z0-9.-]+\/\d+\/\d+$/, example: 'aggregator.public.decision.v1/3/4711', optional: true })
  readonly ignoredRecords?: readonly string[];

  /** Between two watermarks of a partition. */
  @DurationVariable('WATERMARK_INTERVAL_MS', { minMs: 1_000, maxMs: 600_000 })
  readonly watermarkIntervalMs: number = 60_000;

  /** PKCS #8 of the Ed25519 key that signs editions; without it none is published. */
  @SecretFileVariable('EDITION_SIGNING_KEY_FILE', { optional: true })
  readonly editionSigningKey?: Secret;

  /** Names a file with the public halves of the keys that signed editions before, and when: JSON, as in the runbook of editions. */
  @SecretFileVariable('EDITION_EARLIER_KEYS_FILE', { optional: true })
  readonly editionEarlierKeys?: Secret;

  /** Minute of the local day at which editions become official by the rule and are amended; 540: 09:00. */
  @IntegerVariable('EDITION_OPENING_MINUTE', { min: 0, max: 1_439 })
  readonly editionOpeningMinute: number = 540;

  /** How many days back ended periods become official without being asked for: one that is held back for long still waits, and is told. */
  @IntegerVariable('EDITION_LOOK_BACK_DAYS', { min: 1, max: 4_000 })
  readonly editionLookBackDays: number = 400;

  /** Between two looks at what is due. */
  @DurationVariable('EDITION_LOOK_EVERY_MS', { minMs: 100, maxMs: 3_600_000 })
  readonly editionLookEveryMs: number = 60_000;

  /** How long a member may publish an edition before another one takes it up. */
  @DurationVariable('EDITION_LEASE_MS', { minMs: 100, maxMs: 3_600_000 })
  readonly editionLeaseMs: number = 300_000;
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

/** What it takes to read topics, with any account. */
export class TopicsSettings {
  @Group(KafkaSettings, { clientId: 'aggregator-maintenance' })
  readonly kafka!: KafkaSettings;

  @Group(LogSettings)
  readonly log!: LogSettings;
}

export type AggregatorConfig = DeepReadonly<AggregatorSettings>;
export type MaintenanceConfig = DeepReadonly<MaintenanceSettings>;
export type TopicsConfig = DeepReadonly<TopicsSettings>;

/** Reads the environment; throws a `ConfigError` that names every variable that is wrong. */
export function loadAggregatorConfig(environment: NodeJS.ProcessEnv = process.env): AggregatorConfig {
  return loadConfig(AggregatorSettings, environment);
}

/** As `loadAggregatorConfig`, for the maintenance commands. */
export function loadMaintenanceConfig(environment: NodeJS.ProcessEnv = process.env): MaintenanceConfig {
  return loadConfig(MaintenanceSettings, environment);
}

/** As `loadAggregatorConfig`, for commands that read topics alone. */
export function loadTopicsConfig(environment: NodeJS.ProcessEnv = process.env): TopicsConfig {
  return loadConfig(TopicsSettings, environment);
}

function earlierKeyProblems({ editionEarlierKeys }: AggregatorSettings): readonly ConfigProblem[] {
  return editionEarlierKeys !== undefined && parseEarlierKeys(editionEarlierKeys.reveal()) === undefined
    ? [{ variable: 'EDITION_EARLIER_KEYS_FILE', problem: 'must name a file with a list of public Ed25519 keys, each with publicKey, validFrom and validTo, one after the other' }]
    : [];
}
