import { CompressionTypes, Partitioners, type Producer } from 'kafkajs';
import { CLIENT_RETRY, type KafkaClient, type KafkaLink } from '../client/kafka-client';
import { within } from '../within';
import type { WireMessage } from './wire-message';

/** How long the broker itself may take to have a request on all in-sync replicas. */
const ACKNOWLEDGE_WITHIN_MS = 4_000;

export interface ProducerSessionOptions {
  readonly client: KafkaClient;
  readonly compression: 'none' | 'gzip';
  /** Connecting and sending together, retries included. */
  readonly sendWithinMs: number;
}

/**
 * One idempotent producer from its first request to its first failure that kafkajs does not mend. The caller sends one
 * request at a time: two at once break the sequence for good when a broker restarts. After a failure the session is
 * over and cut off, so that no late retry of it can reach the broker.
 */
export class ProducerSession {
  readonly #link: KafkaLink;
  readonly #producer: Producer;
  readonly #ended = new AbortController();
  #connected = false;
  readonly #knownTopics = new Set<string>();

  constructor(private readonly options: ProducerSessionOptions) {
    this.#link = options.client.link();
    this.#producer = this.#link.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: CLIENT_RETRY,
    });
    this.#producer.on(this.#producer.events.REQUEST_TIMEOUT, () => this.#link.breakOff());
  }

  /** Which of these topics the broker does not have. kafkajs would ask for such a topic until its retries are used up. */
  async missingTopics(topics: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const unseen = [...topics].filter((topic) => !this.#knownTopics.has(topic));
    if (unseen.length === 0) return new Set();
    const existing = await within(this.options.sendWithinMs, 'asking for topics', () => this.#listTopics(), this.#ended.signal);
    for (const topic of existing) this.#knownTopics.add(topic);
    return new Set(unseen.filter((topic) => !this.#knownTopics.has(topic)));
  }

  async send(messages: readonly WireMessage[]): Promise<void> {
    await within(this.options.sendWithinMs, 'sending', () => this.#sendBatch(messages), this.#ended.signal);
  }

  /** Ends the session: politely within the time given, by cutting the connection otherwise. */
  async end(withinMs: number): Promise<void> {
    try {
      if (this.#connected) await within(withinMs, 'disconnecting', () => this.#producer.disconnect());
    } catch (error) {
      this.options.client.logger.debug({ err: error }, 'a producer did not disconnect in time');
    } finally {
      this.#connected = false;
      this.#ended.abort(new Error('the producer was given up'));
      this.#link.sever();
    }
  }

  async #sendBatch(messages: readonly WireMessage[]): Promise<void> {
    if (!this.#connected) await this.#producer.connect();
    this.#connected = true;
    await this.#producer.sendBatch({
      acks: -1,
      timeout: ACKNOWLEDGE_WITHIN_MS,
      compression: this.options.compression === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None,
      topicMessages: topicMessagesOf(messages),
    });
  }

  async #listTopics(): Promise<readonly string[]> {
    const admin = this.#link.kafka.admin();
    try {
      await admin.connect();
      return await admin.listTopics();
    } finally {
      await admin.disconnect();
    }
  }
}

function topicMessagesOf(messages: readonly WireMessage[]): { topic: string; messages: WireMessage['message'][] }[] {
  const byTopic = new Map<string, WireMessage['message'][]>();
  for (const { topic, message } of messages) {
    const ofTopic = byTopic.get(topic);
    if (ofTopic) ofTopic.push(message);
    else byTopic.set(topic, [message]);
  }
  return [...byTopic].map(([topic, ofTopic]) => ({ topic, messages: ofTopic }));
}
