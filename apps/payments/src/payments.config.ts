import {
  AuthSettings, CrossCheck, DurationVariable, Group, HttpSettings, IntegerVariable, KafkaSettings, ListVariable, LogSettings,
  MongoSettings, SecretFileVariable, loadConfig, type ConfigProblem, type DeepReadonly, type Environment, type Secret,
} from '@index766/platform-config';
import { parseProviders } from './providers/payment-providers';

/** Settings of the service `payments`. */
@CrossCheck(providerProblems)
export class PaymentsSettings {
  @Group(HttpSettings, { port: 7663 })
  readonly http!: HttpSettings;

  @Group(MongoSettings, { database: 'payments' })
  readonly mongo!: MongoSettings;

  @Group(KafkaSettings, { clientId: 'payments' })
  readonly kafka!: KafkaSettings;

  @Group(AuthSettings)
  readonly auth!: AuthSettings;

  @Group(LogSettings)
  readonly log!: LogSettings;

  /** Names a file with the providers whose events are taken, and their keys: JSON, as in README.md. */
  @SecretFileVariable('PAYMENT_PROVIDERS_FILE')
  readonly providers!: Secret;

  /** How old a signed event may be, and how far a provider's clock may run ahead. */
  @DurationVariable('PAYMENT_EVENT_TOLERANCE_MS', { minMs: 1_000, maxMs: 3_600_000 })
  readonly eventToleranceMs: number = 300_000;

  /** A record that waits in an outbox for longer while the broker answers is an alarm. */
  @DurationVariable('OUTBOX_ALARM_MS', { minMs: 1_000, maxMs: 3_600_000 })
  readonly outboxAlarmMs: number = 300_000;

  /** Records of this service's topic that it did not send, `topic/partition/offset` with commas between: left out at the start. */
  @ListVariable('RESTORE_IGNORED_RECORDS', { pattern: /^[a-z0-9.-]+\/\d+\/\d+$/, example: 'payments.public.payment.v1/3/4711', optional: true })
  readonly ignoredRecords?: readonly string[];

  /** Partitions of the topics keyed by dossier: 12 to a province, 48 for the country; fixed at first start. */
  @IntegerVariable('TOPIC_PARTITIONS', { min: 1, max: 1_000 })
  readonly topicPartitions: number = 12;

  /** Between two watermarks of a partition. */
  @DurationVariable('WATERMARK_INTERVAL_MS', { minMs: 1_000, maxMs: 600_000 })
  readonly watermarkIntervalMs: number = 60_000;
}

export type PaymentsConfig = DeepReadonly<PaymentsSettings>;

/** @throws ConfigError with every problem, by the names of the variables. */
export function loadPaymentsConfig(environment: Environment = process.env): PaymentsConfig {
  return loadConfig(PaymentsSettings, environment);
}

function providerProblems({ providers }: PaymentsSettings): readonly ConfigProblem[] {
  return parseProviders(providers.reveal()) === undefined
    ? [{ variable: 'PAYMENT_PROVIDERS_FILE', problem: 'must name a file with a list of providers, each with name, channel and keys of at least 32 characters' }]
    : [];
}
