/** What a service says about its broker; read from the environment by `<service>.config.ts` alone. */
export interface KafkaConfig {
  /** `host:port`, at least one. */
  readonly brokers: readonly string[];
  /** Shown by the broker and in its quotas: the service's name. */
  readonly clientId: string;
  /** SASL/SCRAM-SHA-512; absent = no login. */
  readonly sasl?: { readonly username: string; readonly password: string } | undefined;
  readonly connectionTimeoutMs?: number | undefined;
  readonly requestTimeoutMs?: number | undefined;
}
