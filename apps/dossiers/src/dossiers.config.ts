import {
  AuthSettings, CrossCheck, FactSettings, Group, HttpSettings, IntegerVariable, KafkaSettings, LogSettings, MongoSettings,
  SecretFileVariable, TextVariable, TraceSettings, loadConfig, type ConfigProblem, type DeepReadonly, type Environment,
  type Secret,
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

  @Group(TraceSettings)
  readonly traces!: TraceSettings;

  @Group(FactSettings)
  readonly facts!: FactSettings;

  /** Makes officers' pseudonyms; another key makes other pseudonyms, so it never changes. */
  @SecretFileVariable('OFFICER_PSEUDONYM_KEY_FILE')
  readonly pseudonymKey!: Secret;

  /** The calendar that due dates are computed with. */
  @TextVariable('CALENDAR_ID', { pattern: /^[a-z0-9][a-z0-9-]{0,31}$/ })
  readonly calendarId: string = 'vn';

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
