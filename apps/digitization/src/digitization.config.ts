import {
  AuthSettings, FactSettings, Group, HttpSettings, KafkaSettings, LogSettings, MongoSettings, TraceSettings, loadConfig,
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

  @Group(TraceSettings)
  readonly traces!: TraceSettings;

  @Group(FactSettings)
  readonly facts!: FactSettings;
}

export type DigitizationConfig = DeepReadonly<DigitizationSettings>;

/** @throws ConfigError with every problem, by the names of the variables. */
export function loadDigitizationConfig(environment: Environment = process.env): DigitizationConfig {
  return loadConfig(DigitizationSettings, environment);
}
