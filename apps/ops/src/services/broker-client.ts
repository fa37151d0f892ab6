import { createKafkaClient, type KafkaClient, type KafkaLogger } from '@index766/platform-kafka';
import { OpsFailure } from '../failure';
import type { BrokerConfig } from '../ops.config';

/** A command says in its own sentence what failed; the client's running commentary would bury it. */
const SILENT: KafkaLogger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

export function brokerClient({ kafka }: BrokerConfig): KafkaClient {
  const sasl = kafka.username === undefined || kafka.password === undefined
    ? undefined : { username: kafka.username, password: kafka.password.reveal() };
  return createKafkaClient({ brokers: kafka.brokers, clientId: kafka.clientId, sasl }, SILENT);
}

/** What the broker answers, or an `OpsFailure` that says why it cannot be asked. */
export async function reachBroker<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof OpsFailure) throw error;
    throw new OpsFailure(`The Kafka broker cannot be asked: ${error instanceof Error ? error.message : 'no connection'}.`);
  }
}

function ignore(): void {
  // Nothing is told.
}
