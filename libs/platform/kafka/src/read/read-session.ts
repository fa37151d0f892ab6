import { KafkaJSError, type Consumer, type EachBatchPayload } from 'kafkajs';
import { CLIENT_RETRY, type KafkaClient, type KafkaLink } from '../client/kafka-client';
import { Heartbeat } from '../consume/heartbeat';
import { Deferred } from '../deferred';
import { within } from '../within';
import { chosenPartitions } from './chosen-partitions';
import type { Delivery } from './delivery';
import { ReadError } from './read-error';

export interface ReadSessionOptions {
  readonly client: KafkaClient;
  readonly group: string;
  readonly delivery: Delivery;
  readonly signal: AbortSignal | undefined;
}

const HEARTBEAT_MS = 1_000;
const SESSION_TIMEOUT_MS = 10_000;
const MAX_WAIT_MS = 100;
/** Several times the largest batch that a broker takes: a fetch that answers one batch has nothing more to answer. */
const PARTITION_BYTES = 4 * 1024 * 1024;
const FETCH_BYTES = 8 * 1024 * 1024;
const SILENCE_CHECK_MS = 250;
/** No batch for so long although the broker answered so many fetches: nothing more comes from here. */
const SILENT_MS = 2_000;
const SILENT_ANSWERS = 10;
/** Nothing at all for so long: the session is given up. */
const STALLED_MS = 30_000;
const LEAVE_WITHIN_MS = 3_000;

/** One kafkajs consumer that reads what is still open, in a group of its own that commits nothing. */
export class ReadSession {
  readonly #link: KafkaLink;
  readonly #consumer: Consumer;
  readonly #end = new Deferred();
  #heardAt = Date.now();
  #answers = 0;

  constructor(private readonly options: ReadSessionOptions) {
    this.#link = options.client.link();
    this.#consumer = this.#link.kafka.consumer({
      groupId: options.group,
      partitionAssigners: [chosenPartitions(() => this.#progress.places)],
      sessionTimeout: SESSION_TIMEOUT_MS,
      rebalanceTimeout: SESSION_TIMEOUT_MS,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: MAX_WAIT_MS,
      maxBytesPerPartition: PARTITION_BYTES,
      maxBytes: FETCH_BYTES,
      allowAutoTopicCreation: false,
      retry: { ...CLIENT_RETRY, restartOnFailure: () => Promise.resolve(false) },
    });
    this.#listen();
  }

  /** Resolves when everything is read. Rejects with `FailedRecords`, a `ReadError`, or how the consumer ended. */
  async run(): Promise<void> {
    const { signal } = this.options;
    const stop = () => this.#end.reject(new Error('reading was stopped'));
    signal?.addEventListener('abort', stop);
    const watching = setInterval(() => this.#watchSilence(), SILENCE_CHECK_MS);
    try {
      await Promise.race([this.#start(), this.#end.promise]);
      await this.#end.promise;
    } finally {
      clearInterval(watching);
      signal?.removeEventListener('abort', stop);
      await this.#leave();
    }
  }

  get #progress() {
    return this.options.delivery.progress;
  }

  async #start(): Promise<void> {
    const topics = [...new Set(this.#progress.places.map(({ topic }) => topic))];
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics, fromBeginning: true });
    await this.#consumer.run({ autoCommit: false, eachBatch: (payload) => this.#take(payload) });
  }

  /** Never throws: kafkajs would read the same again, or end for good. */
  async #take(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const { topic, partition, messages } = batch;
    const beating = new Heartbeat(() => payload.heartbeat(), HEARTBEAT_MS);
    try {
      const isAtEnd = await this.options.delivery.take({ topic, partition, messages, lastOffset: batch.lastOffset() });
      this.#passed(topic, partition, isAtEnd);
    } catch (error) {
      this.#end.reject(error instanceof Error ? error : new Error(String(error)));
    } finally {
      beating.stop();
    }
  }

  #passed(topic: string, partition: number, isAtEnd: boolean): void {
    this.#heard();
    // What is sent from now on is not wanted: it must not be fetched either.
    if (isAtEnd) this.#consumer.pause([{ topic, partitions: [partition] }]);
    if (this.#progress.isDone) this.#end.resolve();
  }

  #heard(): void {
    this.#heardAt = Date.now();
    this.#answers = 0;
  }

  /**
   * A log can end in places without records: compaction took them. kafkajs shows an answer without records to nobody, so
   * the last record is asked for once more: a batch with it and nothing behind it shows that there is nothing.
   */
  #watchSilence(): void {
    if (this.options.delivery.inWork) return;
    const silentMs = Date.now() - this.#heardAt;
    if (silentMs > STALLED_MS) {
      this.#end.reject(this.#answers > 0 ? this.#silence() : new Error(`nothing was read for ${STALLED_MS} ms`));
    } else if (silentMs > SILENT_MS && this.#answers >= SILENT_ANSWERS && this.#progress.lookBack()) {
      this.#answers = 0;
      this.#seekPlaces();
    }
  }

  #silence(): ReadError {
    const places = this.#progress.places.map(({ topic, partition, offset }) => `${topic}/${partition} from ${offset}`).join(', ');
    return new ReadError('READER.SILENT', `the broker answers but has no record where there should be some: ${places}`, true);
  }

  #seekPlaces(): void {
    for (const { topic, partition, offset } of this.#progress.places) this.#consumer.seek({ topic, partition, offset: String(offset) });
  }

  #listen(): void {
    const { events } = this.#consumer;
    this.#consumer.on(events.REQUEST_TIMEOUT, () => this.#link.breakOff());
    this.#consumer.on(events.FETCH, () => {
      this.#answers += 1;
    });
    // Before the first fetch of this assignment; after a rebalance kafkajs knows no place any more.
    this.#consumer.on(events.GROUP_JOIN, () => {
      this.#heard();
      this.#seekPlaces();
    });
    this.#consumer.on(events.END_BATCH_PROCESS, ({ payload: { topic, partition, batchSize, lastOffset } }) => {
      // Nothing but the ends of transactions and aborted records: `eachBatch` is not called for it.
      if (batchSize === 0) this.#passed(topic, partition, this.#progress.passed(topic, partition, undefined, lastOffset));
    });
    this.#consumer.on(events.CRASH, ({ payload }) => {
      this.#end.reject(payload.error instanceof Error ? payload.error : new KafkaJSError('the consumer crashed'));
    });
  }

  async #leave(): Promise<void> {
    try {
      await within(LEAVE_WITHIN_MS, 'ending a reading', async () => {
        await this.#consumer.disconnect();
        const admin = this.#link.kafka.admin();
        await admin.connect();
        await admin.deleteGroups([this.options.group]);
        await admin.disconnect();
      });
    } catch (error) {
      // A group without members and positions is forgotten by the broker itself.
      this.options.client.logger.debug({ err: error, group: this.options.group }, 'the group of a reading was left to the broker');
    } finally {
      this.#link.sever();
    }
  }
}
