import { Kafka, logLevel, type RetryOptions } from 'kafkajs';
import { GuardedSockets } from './guarded-sockets';
import type { KafkaConfig } from './kafka-config';
import type { KafkaLogger } from './kafka-logger';
import { createLogCreator } from './log-creator';

/**
 * Rides out a restart or a short absence of the broker (about 40 s) inside kafkajs, where an idempotent producer keeps
 * its sequence; after that publisher and consumer build anew.
 */
export const CLIENT_RETRY: RetryOptions = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 40 };

const CONNECTION_TIMEOUT_MS = 3_000;
/**
 * What makes a connection be taken for dead. Short, because recovery after a network that swallowed connections waits
 * for it once more; a request that was only slow is sent again and recognised by its sequence.
 */
const REQUEST_TIMEOUT_MS = 5_000;
/** Longer than any request may wait for its answer; joining a group waits for the other members. */
const ANSWER_WITHIN_MS = 20_000;

/** The way to one Kafka cluster; everything in this lib is built on one. Opens no connection by itself. */
export interface KafkaClient {
  readonly config: KafkaConfig;
  readonly logger: KafkaLogger;
  /** A kafkajs client of its own. @param requestTimeoutMs default 5,000 */
  link(requestTimeoutMs?: number): KafkaLink;
}

export interface KafkaLink {
  readonly kafka: Kafka;
  /** Closes all connections; kafkajs opens new ones. To be called when a request timed out, for kafkajs does not. */
  breakOff(): void;
  /**
   * Closes all connections and lets no new one through. A producer or consumer that is given up may still have a retry
   * in flight: with this it can neither send nor commit behind the back of its successor.
   */
  sever(): void;
}

/** Throws when there is no broker in the configuration. */
export function createKafkaClient(config: KafkaConfig, logger: KafkaLogger): KafkaClient {
  if (config.brokers.length === 0) throw new Error('at least one Kafka broker has to be configured');
  const logCreator = createLogCreator(logger);
  return {
    config,
    logger,
    link: (requestTimeoutMs = config.requestTimeoutMs ?? REQUEST_TIMEOUT_MS) => {
      const sockets = new GuardedSockets(Math.max(ANSWER_WITHIN_MS, requestTimeoutMs));
      const kafka = new Kafka({
        clientId: config.clientId,
        // An empty list is what ends kafkajs's retries at once; a refused connection would be tried again for long.
        brokers: () => (sockets.severed ? [] : [...config.brokers]),
        ...(config.sasl ? { sasl: { mechanism: 'scram-sha-512', ...config.sasl } } : {}),
        connectionTimeout: config.connectionTimeoutMs ?? CONNECTION_TIMEOUT_MS,
        requestTimeout: requestTimeoutMs,
        retry: CLIENT_RETRY,
        socketFactory: sockets.factory,
        logLevel: logLevel.INFO,
        logCreator: (level) => {
          const log = logCreator(level);
          return (entry) => (sockets.severed ? undefined : log(entry));
        },
      });
      return { kafka, breakOff: () => sockets.breakOff(), sever: () => sockets.sever() };
    },
  };
}
