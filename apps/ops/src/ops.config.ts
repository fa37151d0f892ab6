import { LOCAL_AUDIENCE, LOCAL_ISSUER } from '@index766/platform-auth';
import {
  Group, IntegerVariable, KafkaSettings, MongoSettings, loadConfig, SecretFileVariable, TextVariable, UrlVariable, type DeepReadonly, type Secret,
} from '@index766/platform-config';

class BrokerSettings {
  @Group(KafkaSettings, { clientId: 'ops' })
  readonly kafka!: KafkaSettings;

  /** Partitions of topics keyed by dossier: 12 to a province, 48 for the country; fixed at first start. */
  @IntegerVariable('TOPIC_PARTITIONS', { min: 1, max: 1_000 })
  readonly partitions: number = 12;

  @IntegerVariable('TOPIC_REPLICATION', { min: 1, max: 9 })
  readonly replication: number = 1;
}

class SigningSettings {
  @SecretFileVariable('AUTH_LOCAL_SIGNING_KEY_FILE')
  readonly signingKey!: Secret;

  @TextVariable('AUTH_ISSUER')
  readonly issuer: string = LOCAL_ISSUER;

  @TextVariable('AUTH_AUDIENCE')
  readonly audience: string = LOCAL_AUDIENCE;
}

/** The list of static tokens is written by its path; only services take its content. */
class SourceTokenSettings {
  @TextVariable('AUTH_SOURCE_TOKENS_FILE')
  readonly file!: string;
}

/** Databases that a backup has, by what they are for. */
class DatabaseNames {
  @TextVariable('CATALOG_DATABASE')
  readonly catalog: string = 'catalog';

  @TextVariable('DOSSIERS_DATABASE')
  readonly dossiers: string = 'dossiers';

  @TextVariable('PAYMENTS_DATABASE')
  readonly payments: string = 'payments';

  @TextVariable('DIGITIZATION_DATABASE')
  readonly digitization: string = 'digitization';

  @TextVariable('FEEDBACK_DATABASE')
  readonly feedback: string = 'feedback';

  /** What people decided about figures; all else of the aggregator is made of topics. */
  @TextVariable('DECISIONS_DATABASE')
  readonly decisions: string = 'aggregator_decisions';
}

class DatabaseSettings {
  @Group(MongoSettings)
  readonly mongo!: MongoSettings;

  @Group(DatabaseNames)
  readonly names!: DatabaseNames;
}

class AddressSettings {
  @UrlVariable('CATALOG_URL')
  readonly catalog: string = 'http://127.0.0.1:7661';

  @UrlVariable('DOSSIERS_URL')
  readonly dossiers: string = 'http://127.0.0.1:7662';

  @UrlVariable('PAYMENTS_URL')
  readonly payments: string = 'http://127.0.0.1:7663';

  @UrlVariable('DIGITIZATION_URL')
  readonly digitization: string = 'http://127.0.0.1:7664';

  @UrlVariable('FEEDBACK_URL')
  readonly feedback: string = 'http://127.0.0.1:7665';

  @UrlVariable('AGGREGATOR_URL')
  readonly aggregator: string = 'http://127.0.0.1:7666';
}

export type BrokerConfig = DeepReadonly<BrokerSettings>;
export type DatabaseConfig = DeepReadonly<DatabaseSettings>;
export type SigningConfig = DeepReadonly<SigningSettings>;
export type SourceTokenConfig = DeepReadonly<SourceTokenSettings>;
export type AddressConfig = DeepReadonly<AddressSettings>;

/** Each command reads what it needs: a token needs no broker, a sample nothing at all. */
export const loadBrokerConfig = (): BrokerConfig => loadConfig(BrokerSettings, process.env);
export const loadDatabaseConfig = (): DatabaseConfig => loadConfig(DatabaseSettings, process.env);
export const loadSigningConfig = (): SigningConfig => loadConfig(SigningSettings, process.env);
export const loadSourceTokenConfig = (): SourceTokenConfig => loadConfig(SourceTokenSettings, process.env);
export const loadAddressConfig = (): AddressConfig => loadConfig(AddressSettings, process.env);
