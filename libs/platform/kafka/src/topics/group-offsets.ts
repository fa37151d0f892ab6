import { setTimeout as delay } from 'node:timers/promises';
import { compareText } from '@index766/kernel';
import { KafkaJSProtocolError, type Admin } from 'kafkajs';

export interface CommittedOffset {
  readonly topic: string;
  readonly partition: number;
  /** Undefined = the group has committed nothing here. */
  readonly offset: bigint | undefined;
  readonly metadata: string | null;
}

export interface PartitionEnds {
  readonly topic: string;
  readonly partition: number;
  /** Offset of the oldest record that is kept. */
  readonly start: bigint;
  /** Offset that the next record will get. */
  readonly end: bigint;
}

/** Where a group stands from outside. */
export interface PartitionLag {
  readonly topic: string;
  readonly partition: number;
  readonly end: bigint;
  /** Undefined = the group has committed nothing here. */
  readonly committed: bigint | undefined;
  /** Records that the group has not read. */
  readonly lag: bigint;
}

/** What the group has committed; kafkajs's -1 and -2 both mean nothing. The topics have to exist. */
export async function fetchCommitted(admin: Admin, group: string, topics: readonly string[]): Promise<readonly CommittedOffset[]> {
  const answers = await untilCoordinated(() => admin.fetchOffsets({ groupId: group, topics: [...topics] }));
  return answers.flatMap(({ topic, partitions }) =>
    partitions.map(({ partition, offset, metadata }) => ({
      topic, partition, metadata, offset: BigInt(offset) < 0n ? undefined : BigInt(offset),
    })),
  );
}

const COORDINATOR_TRIES = 50;
const COORDINATOR_PAUSE_MS = 200;

/** A coordinator that is just moving or loading its groups answers so, and kafkajs's admin does not try again. */
async function untilCoordinated<T>(call: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof KafkaJSProtocolError && error.retriable) || tried === COORDINATOR_TRIES) throw error;
      await delay(COORDINATOR_PAUSE_MS);
    }
  }
}

/**
 * First and next offsets of every partition, in the order of the topics given and of their partitions. The topics have to exist: an unknown
 * one is retried for the whole retry time. One is asked for after the other: kafkajs asks several brokers what topics there are, and an
 * earlier answer that a dead one has held up takes the place of a later one, in which there is the next topic.
 */
export async function fetchEnds(admin: Admin, topics: readonly string[]): Promise<readonly PartitionEnds[]> {
  const answers: { readonly topic: string; readonly partitions: Awaited<ReturnType<Admin['fetchTopicOffsets']>> }[] = [];
  for (const topic of topics) answers.push({ topic, partitions: await admin.fetchTopicOffsets(topic) });
  return answers.flatMap(({ topic, partitions }) =>
    partitions
      .map(({ partition, low, high }) => ({ topic, partition, start: BigInt(low), end: BigInt(high) }))
      .sort((a, b) => a.partition - b.partition),
  );
}

/** Partition counts of all topics that exist. One request that no missing topic can hold up. */
export async function fetchPartitionCounts(admin: Admin): Promise<ReadonlyMap<string, number>> {
  const { topics } = await admin.fetchTopicMetadata();
  return new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
}

/** End minus committed for every partition, by topic and number; a group that committed nothing starts at the oldest record. */
export function lagOf(ends: readonly PartitionEnds[], committed: readonly CommittedOffset[]): readonly PartitionLag[] {
  const offsets = new Map(committed.map(({ topic, partition, offset }) => [`${topic}/${partition}`, offset]));
  const inOrder = [...ends].sort((a, b) => compareText(a.topic, b.topic) || a.partition - b.partition);
  return inOrder.map(({ topic, partition, start, end }) => {
    const offset = offsets.get(`${topic}/${partition}`);
    const from = offset === undefined || offset < start ? start : offset;
    return { topic, partition, end, committed: offset, lag: from > end ? 0n : end - from };
  });
}
