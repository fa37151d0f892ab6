import {
  AuthSettings, CrossCheck, DurationVariable, FactSettings, Group, HttpSettings, KafkaSettings, LogSettings, MongoSettings,
  SecretFileVariable, TraceSettings, loadConfig, type ConfigProblem, type DeepReadonly, type Environment, type Secret,
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

  @Group(TraceSettings)
  readonly traces!: TraceSettings;

  @Group(FactSettings)
  readonly facts!: FactSettings;

  /** Names a file with the providers whose events are taken, and their keys: JSON, as in README.md. */
  @SecretFileVariable('PAYMENT_PROVIDERS_FILE')
  readonly providers!: Secret;

  /** How old a signed event may be, and how far a provider's clock may run ahead. */
  @DurationVariable('PAYMENT_EVENT_TOLERANCE_MS', { minMs: 1_000, maxMs: 3_600_000 })
  readonly eventToleranceMs: number = 300_000;
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
