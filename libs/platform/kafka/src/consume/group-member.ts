import { setTimeout as pause } from 'node:timers/promises';
import { KafkaJSError, type Admin, type Consumer, type EachBatchPayload } from 'kafkajs';
import type { Instant } from '@index766/kernel';
import { CLIENT_RETRY, type KafkaClient, type KafkaLink } from '../client/kafka-client';
import { fetchCommitted, fetchEnds, fetchPartitionCounts, lagOf, type PartitionEnds, type PartitionLag } from '../topics/group-offsets';
import { Deferred } from '../deferred';
import { within } from '../within';
import { alignedAssigner } from './aligned-assigner';
import { misalignmentOf } from './aligned-assignment';
import { ConfirmedHeartbeats } from './confirmed-heartbeats';
import type { ConsumerLimits } from './consumer-limits';
import type { CommittedWatermarks, FetchControl } from './lane-assignment';
import { StallWatch } from './stall-watch';
import { fromCommitMetadata } from './watermarks';

export interface GroupMemberOptions {
  readonly client: KafkaClient;
  readonly group: string;
  readonly topics: readonly string[];
  readonly limits: ConsumerLimits;
  readonly now: () => number;
  readonly onJoined: (partitions: readonly number[], control: FetchControl) => void;
  /** Nothing is owned until the next `onJoined`. */
  readonly onRebalancing: () => void;
  readonly onBatch: (payload: EachBatchPayload, control: FetchControl) => Promise<void>;
}

/** Topics that this group cannot read as they are; trying again does not help. */
export class UnfitTopics extends Error {
  override readonly name = 'UnfitTopics';
}

const STALL_CHECK_MS = 1_000;
/** As kafkajs names the request. */
const HEARTBEAT_REQUEST = 'Heartbeat';
/**
 * One kafkajs consumer from its connection to its end. kafkajs may not restart it by itself: whoever runs it makes a new
 * one, so that there is one way of recovering and nothing of the old one is left.
 */
export class GroupMember implements FetchControl {
  readonly watch: StallWatch;
  /** The broker answered this member, and has its topics: without them a restart of the process would not help. */
  reachedBroker = false;
  /** The member got records or the answer that there are none. */
  fetched = false;
  readonly #link: KafkaLink;
  readonly #consumer: Consumer;
  readonly #admin: Admin;
  #running = false;
  #joinsAgain = false;
  #fetchedAt = 0;
  #joining: Promise<void> | undefined;
  readonly #heartbeats = new ConfirmedHeartbeats();
  readonly #end = new Deferred();

  constructor(private readonly options: GroupMemberOptions) {
    const { client, group, limits, now } = options;
    this.watch = new StallWatch(limits.stallMs, now());
    this.#link = client.link();
    this.#admin = this.#link.kafka.admin();
    this.#consumer = this.#link.kafka.consumer({
      groupId: group,
      partitionAssigners: [alignedAssigner],
      sessionTimeout: limits.sessionTimeoutMs,
      rebalanceTimeout: limits.rebalanceTimeoutMs,
      heartbeatInterval: limits.heartbeatIntervalMs,
      maxWaitTimeInMs: limits.maxWaitMs,
      maxBytesPerPartition: limits.maxBytesPerPartition,
      maxBytes: limits.maxBytes,
      allowAutoTopicCreation: false,
      // kafkajs would fall back to 5 retries for a consumer, whatever the client says.
      retry: { ...CLIENT_RETRY, restartOnFailure: () => Promise.resolve(false) },
    });
    this.#listen();
  }

  /** Resolves when the member was stopped, rejects when it crashed, stalled or cannot start (`UnfitTopics`: for good). */
  async run(): Promise<void> {
    const watching = setInterval(() => {
      if (this.watch.isStalled(this.options.now())) this.#end.reject(new Error(`no sign of life for ${this.options.limits.stallMs} ms`));
    }, STALL_CHECK_MS);
    try {
      await Promise.race([this.#start(), this.#end.promise]);
      await this.#end.promise;
    } finally {
      clearInterval(watching);
    }
  }

  /** Ends batches in work, leaves the group; what takes longer than `withinMs` is cut off. Never throws. */
  async stop(withinMs: number): Promise<void> {
    const { client, group } = this.options;
    this.#running = false;
    try {
      await within(withinMs, 'leaving the group', async () => {
        // In the middle of joining kafkajs would go without leaving, and the others would wait for the dead member.
        await this.#joining?.catch(() => undefined);
        await this.#consumer.disconnect();
        await this.#admin.disconnect();
      });
    } catch (error) {
      client.logger.debug({ err: error, group }, 'a consumer did not leave its group in time');
    } finally {
      this.#link.sever();
      this.#heartbeats.refused(new Error('the consumer has ended'));
      this.#end.resolve();
    }
  }

  pause(partitions: readonly number[]): void {
    this.#whileRunning(() => this.#consumer.pause(this.#topicPartitions(partitions)));
  }

  resume(partitions: readonly number[]): void {
    this.#whileRunning(() => this.#consumer.resume(this.#topicPartitions(partitions)));
  }

  /**
   * Resolves when the coordinator has accepted a heartbeat of this membership that was sent after this call: nobody else was given its
   * partitions until then. Rejects when the group rebalances or this member has ended.
   */
  confirmMembership(): Promise<void> {
    return this.#running && !this.#joinsAgain ? this.#heartbeats.next(this.options.now()) : Promise.reject(new Error('the consumer is no member of its group'));
  }

  async committedWatermarks(): Promise<CommittedWatermarks> {
    const byPartition = new Map<number, Map<string, Instant>>();
    for (const { topic, partition, metadata } of await fetchCommitted(this.#admin, this.options.group, this.options.topics)) {
      const watermark = fromCommitMetadata(metadata);
      if (watermark === undefined) continue;
      const byTopic = byPartition.get(partition) ?? new Map<string, Instant>();
      byPartition.set(partition, byTopic.set(topic, watermark));
    }
    return byPartition;
  }

  /** The whole group's, as seen from outside. */
  async groupLag(): Promise<readonly PartitionLag[]> {
    const { group, topics } = this.options;
    return lagOf(await fetchEnds(this.#admin, topics), await fetchCommitted(this.#admin, group, topics));
  }

  /** Topics that do not exist are left out: an unknown one would be asked for again and again. */
  async endsOf(topics: readonly string[]): Promise<readonly PartitionEnds[]> {
    const existing = await fetchPartitionCounts(this.#admin);
    return fetchEnds(this.#admin, topics.filter((topic) => existing.has(topic)));
  }

  async #start(): Promise<void> {
    const { topics } = this.options;
    await this.#admin.connect();
    const existing = await fetchPartitionCounts(this.#admin);
    const missing = topics.filter((topic) => !existing.has(topic));
    if (missing.length > 0) throw new Error(`topics that do not exist: ${missing.join(', ')}`);
    this.reachedBroker = true;
    // However long the broker was away before: the watch must not cut off a join that has only begun. The group would wait for
    // one more dead member.
    this.watch.touch(this.options.now());
    const misalignment = misalignmentOf(new Map(topics.map((topic) => [topic, existing.get(topic) ?? 0])));
    if (misalignment !== undefined) throw new UnfitTopics(misalignment);
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [...topics], fromBeginning: true });
    this.#joining = this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      // All batches of a fetch at once: those of one lane are worked on together, and how many lanes work is the matter of the work.
      partitionsConsumedConcurrently: topics.reduce((sum, topic) => sum + (existing.get(topic) ?? 0), 0),
      eachBatch: async (payload) => {
        await this.options.onBatch({ ...payload, heartbeat: () => this.#beat(payload) }, this);
        if (isAtEnd(payload)) await this.#gap();
      },
    });
    await this.#joining;
  }

  #listen(): void {
    const { events } = this.#consumer;
    this.#consumer.on(events.REQUEST_TIMEOUT, () => this.#link.breakOff());
    this.#admin.on(this.#admin.events.REQUEST_TIMEOUT, () => this.#link.breakOff());
    const touch = () => this.watch.touch(this.options.now());
    this.#consumer.on(events.REQUEST, ({ payload: { apiName, sentAt } }) => {
      if (apiName === HEARTBEAT_REQUEST) this.#heartbeats.answered(sentAt);
    });
    this.#consumer.on(events.HEARTBEAT, () => {
      touch();
      this.#heartbeats.accepted();
    });
    this.#consumer.on(events.END_BATCH_PROCESS, touch);
    this.#consumer.on(events.FETCH, () => {
      this.fetched = true;
      this.#fetchedAt = performance.now();
      touch();
      // When the coordinator refuses a join because it is loading the group, kafkajs goes on as the member that it was.
      if (this.#joinsAgain) this.#end.reject(new Error('the consumer reads on and has not joined its group again'));
    });
    this.#consumer.on(events.REBALANCING, () => {
      touch();
      this.#joinsAgain = true;
      this.#heartbeats.refused(new Error('the group is rebalancing'));
      this.options.onRebalancing();
    });
    this.#consumer.on(events.GROUP_JOIN, ({ payload }) => {
      touch();
      this.#running = true;
      this.#joinsAgain = false;
      // A member that the group has lost joins again without a word of a rebalance.
      this.#heartbeats.refused(new Error('the group was joined anew'));
      const partitions = new Set(Object.values(payload.memberAssignment).flat());
      this.options.onJoined([...partitions].sort((a, b) => a - b), this);
    });
    this.#consumer.on(events.CRASH, ({ payload }) => {
      this.#running = false;
      this.#heartbeats.refused(new Error('the consumer crashed'));
      this.#end.reject(payload.error instanceof Error ? payload.error : new KafkaJSError('the consumer crashed'));
    });
  }

  /** kafkajs tells of a rebalance only when the batches in work have ended, and they may wait to be confirmed. */
  async #beat(payload: EachBatchPayload): Promise<void> {
    try {
      await payload.heartbeat();
    } catch (error) {
      this.#heartbeats.refused(error instanceof Error ? error : new KafkaJSError('a heartbeat was refused'));
      throw error;
    }
  }

  /** kafkajs fetches again when the batches of a fetch have ended: all of them end at the same time, after the gap. */
  async #gap(): Promise<void> {
    const rest = this.#fetchedAt + this.options.limits.fetchGapMs - performance.now();
    if (rest > 0 && this.#running) await pause(rest);
  }

  /** A crash ends the consumer before it says so: what is asked of it in between has no object any more. */
  #whileRunning(action: () => void): void {
    if (!this.#running) return;
    try {
      action();
    } catch (error) {
      this.options.client.logger.debug({ err: error, group: this.options.group }, 'the consumer had ended already');
    }
  }

  #topicPartitions(partitions: readonly number[]): { topic: string; partitions: number[] }[] {
    return this.options.topics.map((topic) => ({ topic, partitions: [...partitions] }));
  }
}

function isAtEnd({ batch }: EachBatchPayload): boolean {
  return BigInt(batch.lastOffset()) + 1n >= BigInt(batch.highWatermark);
}
