import type { ConfigProblem } from '../config-error';
import { CrossCheck } from '../cross-check';
import type { Secret } from '../secret';
import { DurationVariable, ListVariable, SecretFileVariable, TextVariable } from '../variables';

/** How a service reaches the broker. User name and password come together or not at all. */
@CrossCheck(kafkaAccountProblems)
export class KafkaSettings {
  /** `host:port` each. */
  @ListVariable('KAFKA_BROKERS', { pattern: /^[^\s:,]+:\d{1,5}$/, example: '127.0.0.1:7692,127.0.0.1:7693' })
  readonly brokers!: readonly string[];

  /** A service gives its own name as the default. */
  @TextVariable('KAFKA_CLIENT_ID', { pattern: /^[A-Za-z0-9._-]{1,100}$/ })
  readonly clientId!: string;

  @TextVariable('KAFKA_SASL_USERNAME', { optional: true })
  readonly username?: string;

  @SecretFileVariable('KAFKA_SASL_PASSWORD_FILE', { optional: true })
  readonly password?: Secret;

  /** How long one request of records may be tried before its senders are told that the broker is away; they keep the records. */
  @DurationVariable('KAFKA_SEND_TIMEOUT_MS', { minMs: 1_000, maxMs: 300_000 })
  readonly sendTimeoutMs: number = 45_000;

  /** The account in the form of platform-kafka's client; undefined = no login. A getter: it is printed nowhere. */
  get sasl(): { readonly username: string; readonly password: string } | undefined {
    const { username, password } = this;
    return username === undefined || password === undefined ? undefined : { username, password: password.reveal() };
  }
}

function kafkaAccountProblems({ username, password }: KafkaSettings): readonly ConfigProblem[] {
  if ((username === undefined) === (password === undefined)) return [];
  return username === undefined
    ? [{ variable: 'KAFKA_SASL_USERNAME', problem: 'is not set, but KAFKA_SASL_PASSWORD_FILE is' }]
    : [{ variable: 'KAFKA_SASL_PASSWORD_FILE', problem: 'is not set, but KAFKA_SASL_USERNAME is' }];
}
