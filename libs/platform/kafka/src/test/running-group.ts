import { kafkaBrokers, until } from '@index766/testing-integration';
import { Metrics } from '@index766/platform-observability';
import { createKafkaClient, type KafkaClient } from '../client/kafka-client';
import { BatchConsumer, type BatchConsumerOptions } from '../consume/batch-consumer';
import type { ConsumerLimits } from '../consume/consumer-limits';
import { Publisher } from '../publish/publisher';

export const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export function clientOf(brokers: readonly string[] = kafkaBrokers()): KafkaClient {
  return createKafkaClient({ brokers, clientId: 'specs' }, SILENT);
}

/** Quick where production is patient: members are missed sooner, lanes are tried again sooner. */
const QUICK: Partial<ConsumerLimits> = { heartbeatIntervalMs: 300, maxWaitMs: 100, bugPauseMs: 5, laneRetryMs: 50, laneRetryMaxMs: 200 };

/** Publisher and consumers of one spec; `end` closes them all, in any state. */
export class RunningGroup {
  readonly client: KafkaClient;
  readonly publisher: Publisher;
  readonly metrics = new Metrics();
  readonly #consumers: BatchConsumer[] = [];

  constructor(brokers?: readonly string[]) {
    this.client = clientOf(brokers);
    this.publisher = new Publisher({ client: this.client, metrics: this.metrics });
  }

  /** A member that is not started yet. */
  member(group: string, handlers: BatchConsumerOptions['handlers'], limits: Partial<ConsumerLimits> = {}): BatchConsumer {
    const consumer = new BatchConsumer({
      client: this.client, group, handlers, deadLetters: this.publisher, metrics: this.metrics, limits: { ...QUICK, ...limits },
    });
    this.#consumers.push(consumer);
    return consumer;
  }

  /** A member that has joined and is prepared. */
  async join(group: string, handlers: BatchConsumerOptions['handlers'], limits: Partial<ConsumerLimits> = {}): Promise<BatchConsumer> {
    const consumer = this.member(group, handlers, limits);
    await consumer.start();
    await until(() => consumer.status().ready, { what: 'the member to be ready' });
    return consumer;
  }

  async end(): Promise<void> {
    await Promise.all(this.#consumers.map((consumer) => consumer.close()));
    await this.publisher.close();
  }
}
