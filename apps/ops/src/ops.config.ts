import { LOCAL_AUDIENCE, LOCAL_ISSUER } from '@index766/platform-auth';
import {
  Group, IntegerVariable, KafkaSettings, loadConfig, SecretFileVariable, TextVariable, UrlVariable, type DeepReadonly, type Secret,
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
export type SigningConfig = DeepReadonly<SigningSettings>;
export type SourceTokenConfig = DeepReadonly<SourceTokenSettings>;
export type AddressConfig = DeepReadonly<AddressSettings>;

/** Each command reads what it needs: a token needs no broker, a sample nothing at all. */
export const loadBrokerConfig = (): BrokerConfig => loadConfig(BrokerSettings, process.env);
export const loadSigningConfig = (): SigningConfig => loadConfig(SigningSettings, process.env);
export const loadSourceTokenConfig = (): SourceTokenConfig => loadConfig(SourceTokenSettings, process.env);
export const loadAddressConfig = (): AddressConfig => loadConfig(AddressSettings, process.env);
