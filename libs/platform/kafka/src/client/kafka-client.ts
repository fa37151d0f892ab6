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
const REQUEST_TIMEOUT_MS = 10_000;

/** The way to one Kafka cluster; everything in this lib is built on one. Opens no connection by itself. */
export interface KafkaClient {
  readonly config: KafkaConfig;
  readonly logger: KafkaLogger;
  /**
   * A kafkajs client of its own, whose connections break off when a request has no answer for `answerWithinMs` (default
   * 12 s: more than a request may take). A consumer gives more, as joining waits for the other members.
   */
  link(answerWithinMs?: number): KafkaLink;
}

export interface KafkaLink {
  readonly kafka: Kafka;
  /**
   * Breaks all connections off and lets no new one through. A producer or consumer that is given up may still have a
   * retry in flight: with this it can neither send nor commit behind the back of its successor.
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
    link: (answerWithinMs = REQUEST_TIMEOUT_MS + 2_000) => {
      const sockets = new GuardedSockets(answerWithinMs);
      const kafka = new Kafka({
        clientId: config.clientId,
        // An empty list is what ends kafkajs's retries at once; a refused connection would be tried again for long.
        brokers: () => (sockets.severed ? [] : [...config.brokers]),
        ...(config.sasl ? { sasl: { mechanism: 'plain', ...config.sasl } } : {}),
        connectionTimeout: config.connectionTimeoutMs ?? CONNECTION_TIMEOUT_MS,
        authenticationTimeout: REQUEST_TIMEOUT_MS,
        requestTimeout: config.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
        retry: CLIENT_RETRY,
        socketFactory: sockets.factory,
        logLevel: logLevel.INFO,
        logCreator: (level) => {
          const log = logCreator(level);
          return (entry) => (sockets.severed ? undefined : log(entry));
        },
      });
      return { kafka, sever: () => sockets.sever() };
    },
  };
}
