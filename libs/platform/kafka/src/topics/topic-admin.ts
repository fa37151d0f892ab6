import { setTimeout as delay } from 'node:timers/promises';
import { ok, refused, type Instant, type Result } from '@index766/kernel';
import { KafkaJSDeleteGroupsError, type Admin } from 'kafkajs';
import type { KafkaClient } from '../client/kafka-client';
import { fromCommitMetadata } from '../consume/watermarks';
import { callAdmin } from './admin-call';
import { fetchCommitted, fetchEnds, fetchPartitionCounts, lagOf, type PartitionLag } from './group-offsets';
import type { TopicPlan } from './topic-plan';

const CREATE_WITHIN_MS = 30_000;
const KNOWN_CHECK_MS = 50;
/** Longer than the session of a member. */
const FORGET_WITHIN_MS = 8_000;
const FORGET_CHECK_MS = 500;

/** The last promise of a producer that a group has read in a partition. */
export interface ReadWatermark {
  readonly topic: string;
  readonly partition: number;
  readonly recordedBefore: Instant | undefined;
}

/** Creates and checks topics, looks at groups from outside. Every call opens its own connection and closes it. */
export class TopicAdmin {
  constructor(private readonly client: KafkaClient) {}

  /**
   * Creates what is missing; existing topics stay as they are (`verify` tells when they differ). Answers the names it
   * created. Two that apply the same plan at once do no harm.
   */
  apply(plan: readonly TopicPlan[]): Promise<readonly string[]> {
    return this.#call('creating topics', async (admin) => {
      const existing = await fetchPartitionCounts(admin);
      const missing = plan.filter(({ name }) => !existing.has(name));
      if (missing.length === 0) return [];
      await admin.createTopics({
        timeout: CREATE_WITHIN_MS,
        // kafkajs's own waiting ends with an error when it asks before the brokers have heard of the topics.
        waitForLeaders: false,
        // The protocol that kafkajs speaks knows no defaults: partitions and replication are always given.
        topics: missing.map(({ name, partitions, replication, config }) => ({
          topic: name,
          numPartitions: partitions,
          replicationFactor: replication,
          configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
        })),
      });
      await this.#untilKnown(admin, missing);
      return missing.map(({ name }) => name);
    });
  }

  /** Refusal `TOPICS.MISSING` or `TOPICS.OTHER_PARTITIONS` in plain words, naming every topic concerned. */
  async verify(plan: readonly TopicPlan[]): Promise<Result<void>> {
    return compareWithPlan(plan, await this.#call('reading topics', fetchPartitionCounts));
  }

  /** Where the group stands, partition by partition. Topics that do not exist have no partitions. */
  groupLag(group: string, topics: readonly string[]): Promise<readonly PartitionLag[]> {
    return this.groupLags([{ group, topics }]).then(([lags]) => lags ?? []);
  }

  /** As `groupLag` for many groups, over one connection: by group, in their order. */
  groupLags(groups: readonly { readonly group: string; readonly topics: readonly string[] }[]): Promise<readonly (readonly PartitionLag[])[]> {
    return this.#call('reading offsets', async (admin) => {
      const existing = await fetchPartitionCounts(admin);
      const lags: (readonly PartitionLag[])[] = [];
      for (const { group, topics } of groups) {
        const known = topics.filter((topic) => existing.has(topic));
        lags.push(lagOf(await fetchEnds(admin, known), await fetchCommitted(admin, group, known)));
      }
      return lags;
    });
  }

  /**
   * Up to where each group has read its producers' promises: the last watermark before its position in each partition, undefined
   * where there is none. By group, in their order.
   */
  groupWatermarks(groups: readonly { readonly group: string; readonly topics: readonly string[] }[]): Promise<readonly (readonly ReadWatermark[])[]> {
    return this.#call('reading watermarks', async (admin) => {
      const existing = await fetchPartitionCounts(admin);
      const read: (readonly ReadWatermark[])[] = [];
      for (const { group, topics } of groups) {
        const committed = await fetchCommitted(admin, group, topics.filter((topic) => existing.has(topic)));
        read.push(committed.map(({ topic, partition, metadata }) => ({ topic, partition, recordedBefore: fromCommitMetadata(metadata) })));
      }
      return read;
    });
  }

  /** Every group that the broker knows, with members or without. */
  groupIds(): Promise<readonly string[]> {
    return this.#call('listing groups', async (admin) => (await admin.listGroups()).groups.map(({ groupId }) => groupId));
  }

  /** How many members are in these groups together; one that died counts until the broker has missed it. */
  membersOf(groups: readonly string[]): Promise<number> {
    return this.#call('describing groups', async (admin) => {
      const described = await admin.describeGroups([...groups]);
      return described.groups.reduce((sum, { members }) => sum + members.length, 0);
    });
  }

  /** Forgets groups and their positions; answers those that still have members and stay. Unknown ones are forgotten already. */
  deleteGroups(groups: readonly string[]): Promise<readonly string[]> {
    return this.#call('deleting groups', async (admin) => {
      const { groups: existing } = await admin.listGroups();
      const known = groups.filter((group) => existing.some(({ groupId }) => groupId === group));
      if (known.length === 0) return [];
      try {
        await admin.deleteGroups(known);
        return [];
      } catch (error) {
        if (!(error instanceof KafkaJSDeleteGroupsError)) throw error;
        return error.groups.map(({ groupId }) => groupId);
      }
    });
  }

  /**
   * Makes a group begin at the oldest records again when its first member joins. Members that died are waited for until
   * their session ends; answers false when the group has members all the same: they began before.
   */
  async forgetPositions(group: string): Promise<boolean> {
    const end = performance.now() + FORGET_WITHIN_MS;
    for (;;) {
      if ((await this.deleteGroups([group])).length === 0) return true;
      if (performance.now() >= end) return false;
      await delay(FORGET_CHECK_MS);
    }
  }

  async #untilKnown(admin: Admin, plan: readonly TopicPlan[]): Promise<void> {
    for (;;) {
      const existing = await fetchPartitionCounts(admin);
      if (plan.every(({ name }) => existing.has(name))) return;
      await delay(KNOWN_CHECK_MS);
    }
  }

  #call<T>(what: string, work: (admin: Admin) => Promise<T>): Promise<T> {
    return callAdmin(this.client, what, work);
  }
}

/** What a broker has against what a plan says. The number of partitions is fixed at first start. */
export function compareWithPlan(plan: readonly TopicPlan[], counts: ReadonlyMap<string, number>): Result<void> {
  const missing = plan.filter(({ name }) => !counts.has(name)).map(({ name }) => name);
  if (missing.length > 0) {
    return refused('TOPICS.MISSING', `these topics do not exist and have to be created from the manifest: ${missing.join(', ')}`, 'topics');
  }
  const other = plan.filter(({ name, partitions }) => counts.get(name) !== partitions);
  if (other.length === 0) return ok(undefined);
  const words = other.map(({ name, partitions }) => `${name} has ${counts.get(name) ?? 0} and should have ${partitions}`).join('; ');
  return refused('TOPICS.OTHER_PARTITIONS', `the number of partitions is fixed at first start and differs: ${words}`, 'topics');
}
