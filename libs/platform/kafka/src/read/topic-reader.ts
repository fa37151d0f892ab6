import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { KafkaClient } from '../client/kafka-client';
import { backoff } from '../consume/consumer-limits';
import type { IncomingRecord } from '../consume/incoming-record';
import { fetchEnds, fetchPartitionCounts, type PartitionEnds } from '../topics/group-offsets';
import { within } from '../within';
import { Delivery, FailedRecords } from './delivery';
import { ReadError } from './read-error';
import { ReadProgress, type PartitionPosition } from './read-progress';
import { ReadSession } from './read-session';

export interface TopicReaderOptions {
  readonly client: KafkaClient;
  /** What the names of the temporary groups begin with: `<group>.reader-<random>`. */
  readonly group: string;
  /** How long reading may stand still before it is given up; default 120,000. */
  readonly patienceMs?: number;
}

export interface ReadRequest {
  readonly topics: readonly string[];
  /** Only these partitions of a topic; default all. */
  readonly partitions?: (topic: string, partition: number) => boolean;
  /** Offset of the first record that is wanted; default (and for offsets that are not kept any more) the oldest kept. */
  readonly from?: (topic: string, partition: number) => bigint | undefined;
  /** Ends the reading with READER.STOPPED. */
  readonly signal?: AbortSignal;
}

const ASK_WITHIN_MS = 45_000;
const RETRY_MS = 250;
const RETRY_MAX_MS = 2_000;

/** Reads topics from a place to their ends as of the call, outside any group that others see. */
export class TopicReader {
  readonly #options: Required<TopicReaderOptions>;

  constructor(options: TopicReaderOptions) {
    this.#options = { patienceMs: 120_000, ...options };
  }

  /**
   * Calls `onRecords` with records of one partition at a time (up to 4 MB, watermarks included, order within the
   * partition kept), one call after another: the next is fetched when the last was taken. `knownAfter` is as far as this
   * reading has seen watermarks. Resolves with the ends that it read up to. Commits nothing.
   *
   * Rejects with what `onRecords` threw, or with a `ReadError`: READER.UNKNOWN_TOPIC, READER.AWAY when nothing moved for
   * the time of patience, READER.SILENT when the broker keeps back what it should have, READER.STOPPED.
   */
  async read(request: ReadRequest, onRecords: (records: readonly IncomingRecord[]) => Promise<void>): Promise<readonly PartitionPosition[]> {
    const { from = () => undefined, signal } = request;
    const ends = await this.#persistEnds(request.topics, signal);
    const chosen = ends.filter(({ topic, partition }) => request.partitions?.(topic, partition) ?? true);
    const progress = new ReadProgress(chosen, from);
    const delivery = new Delivery(progress, onRecords);
    try {
      await this.#persist(signal, () => this.#readOn(delivery, signal), () => progress.read);
    } finally {
      await delivery.end();
    }
    return progress.ends;
  }

  /** First and next offsets of every partition, now. Rejects with READER.UNKNOWN_TOPIC or READER.AWAY. */
  ends(topics: readonly string[]): Promise<readonly PartitionEnds[]> {
    return this.#persistEnds(topics, undefined);
  }

  #persistEnds(topics: readonly string[], signal: AbortSignal | undefined): Promise<readonly PartitionEnds[]> {
    return this.#persist(signal, () => this.#ends(topics, signal), () => 0n);
  }

  async #ends(topics: readonly string[], signal: AbortSignal | undefined): Promise<readonly PartitionEnds[]> {
    const link = this.#options.client.link();
    const admin = link.kafka.admin();
    try {
      return await within(Math.min(ASK_WITHIN_MS, this.#options.patienceMs), 'asking for the ends of topics', async () => {
        await admin.connect();
        const existing = await fetchPartitionCounts(admin);
        const missing = topics.filter((topic) => !existing.has(topic));
        if (missing.length > 0) throw new ReadError('READER.UNKNOWN_TOPIC', `these topics do not exist: ${missing.join(', ')}`, false);
        const ends = await fetchEnds(admin, topics);
        await admin.disconnect();
        return ends;
      }, signal);
    } finally {
      link.sever();
    }
  }

  async #readOn(delivery: Delivery, signal: AbortSignal | undefined): Promise<void> {
    if (delivery.progress.isDone) return;
    const { client, group } = this.#options;
    await new ReadSession({ client, group: `${group}.reader-${randomBytes(6).toString('hex')}`, delivery, signal }).run();
  }

  /** Tries again after failures of the broker, for as long as something moves within the time of patience. */
  async #persist<T>(signal: AbortSignal | undefined, attempt: () => Promise<T>, moved: () => bigint): Promise<T> {
    let stillSince = Date.now();
    for (let tried = 1; ; tried += 1) {
      const before = moved();
      try {
        signal?.throwIfAborted();
        return await attempt();
      } catch (error) {
        if (signal?.aborted === true) throw new ReadError('READER.STOPPED', 'reading was stopped', true, { cause: error });
        if (error instanceof FailedRecords) throw error.error;
        if (error instanceof ReadError) throw error;
        if (moved() > before) stillSince = Date.now();
        if (Date.now() - stillSince > this.#options.patienceMs) {
          throw new ReadError('READER.AWAY', `nothing was read for ${this.#options.patienceMs} ms`, true, { cause: error });
        }
        this.#options.client.logger.warn({ err: error, group: this.#options.group, tried }, 'reading a topic was broken off and goes on');
        await delay(backoff(tried, RETRY_MS, RETRY_MAX_MS), undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
