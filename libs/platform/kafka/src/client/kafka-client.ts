import type { KafkaConfig } from './kafka-config';
import type { KafkaLogger } from './kafka-logger';

/** The way to one Kafka cluster; everything in this lib is built on one. Opens no connection by itself. */
export interface KafkaClient {
  readonly config: KafkaConfig;
  readonly logger: KafkaLogger;
}

export declare function createKafkaClient(config: KafkaConfig, logger: KafkaLogger): KafkaClient;
