import { setTimeout as delay } from 'node:timers/promises';
import { compareText, earliest, type Instant, type Refusal } from '@index766/kernel';
import { AccessAdmin, planTopics, TopicAdmin, type ReadWatermark, type TopicPlan } from '@index766/platform-kafka';
import { OpsFailure } from '../failure';
import type { BrokerConfig } from '../ops.config';
import { brokerClient, reachBroker } from './broker-client';
import { accessRules } from './topic-access';
import { TOPIC_MANIFEST, type GroupName } from './topic-manifest';

/** How far one group is behind on one topic. */
export interface GroupLag {
  readonly group: GroupName;
  /** Of the aggregator's groups: 1 or, after a rebuild, a later one, which reads the same topics with positions of its own. */
  readonly generation: number;
  readonly topic: string;
  readonly records: number;
}

/** Up to where the producer's promise on a topic has been read, by whichever group is furthest. */
export interface TopicWatermark {
  readonly topic: string;
  /** Of the partition that is furthest behind; undefined when some partition has none. */
  readonly oldest: Instant | undefined;
  readonly partitions: number;
  readonly withoutAny: number;
}

const FIRST = 1;
/** What of several brokers one may say that has not heard yet of what another one took. */
const SETTLES: readonly string[] = ['TOPICS.MISSING', 'ACCESS.DIFFERS'];
const SETTLED_WITHIN_MS = 30_000;
const SETTLED_CHECK_MS = 250;

/** Topics and groups as the broker has them. */
export class Broker {
  private readonly admin: TopicAdmin;
  private readonly plan: readonly TopicPlan[];
  /** Undefined: a broker without accounts, which has no rules either. */
  private readonly access: AccessAdmin | undefined;

  constructor(config: BrokerConfig) {
    const client = brokerClient(config);
    this.admin = new TopicAdmin(client);
    this.access = config.kafka.username === undefined ? undefined : new AccessAdmin(client);
    this.plan = planTopics(TOPIC_MANIFEST, { dossierPartitions: config.partitions, replication: config.replication });
  }

  /**
   * Creates what is missing of the manifest, makes the access rules those of the table, and checks all of it; answers what it
   * created, how many topics there are, and how many rules changed (undefined: the broker has no accounts).
   */
  async applyTopics(): Promise<{ created: readonly string[]; all: number; rules: { added: number; removed: number } | undefined }> {
    const created = await reachBroker(() => this.admin.apply(this.plan));
    const { access } = this;
    const rules = access && await reachBroker(() => access.apply(accessRules()));
    await this.untilSettled();
    return { created, all: this.plan.length, rules };
  }

  /** Throws an `OpsFailure` that names every topic that is missing or has other partitions, and the first rules that differ. Answers the number of topics. */
  async verifyTopics(): Promise<number> {
    const wrong = await this.wrongWithTopics();
    if (wrong !== undefined) throw new OpsFailure(`${wrong.code}: ${wrong.detail}.`);
    return this.plan.length;
  }

  /** Which of several brokers answers is chance, and each hears of what was written in its own time. */
  private async untilSettled(): Promise<void> {
    const end = performance.now() + SETTLED_WITHIN_MS;
    for (;;) {
      const wrong = await this.wrongWithTopics();
      if (wrong === undefined) return;
      if (!SETTLES.includes(wrong.code) || performance.now() >= end) throw new OpsFailure(`${wrong.code}: ${wrong.detail}.`);
      await delay(SETTLED_CHECK_MS);
    }
  }

  private async wrongWithTopics(): Promise<Refusal | undefined> {
    const { access } = this;
    const topics = await reachBroker(() => this.admin.verify(this.plan));
    if (!topics.ok) return topics.error;
    const rules = access && await reachBroker(() => access.verify(accessRules()));
    return rules?.ok === false ? rules.error : undefined;
  }

  /** Of every group of the manifest, and of every generation of it that the broker knows. */
  async lags(): Promise<readonly GroupLag[]> {
    const groups = await this.groups();
    const found = await reachBroker(() => this.admin.groupLags(groups.map(({ id, topics }) => ({ group: id, topics }))));
    return groups.flatMap(({ group, generation, topics }, index) => topics.map((topic) => {
      const ofTopic = (found[index] ?? []).filter((partition) => partition.topic === topic);
      return { group, generation, topic, records: Number(ofTopic.reduce((sum, { lag }) => sum + lag, 0n)) };
    }));
  }

  /** Of every topic that some group reads. */
  async watermarks(): Promise<readonly TopicWatermark[]> {
    const groups = await this.groups();
    const read = await reachBroker(() => this.admin.groupWatermarks(groups.map(({ id, topics }) => ({ group: id, topics }))));
    return oldestWatermarks(read.flat());
  }

  private async groups(): Promise<readonly { readonly id: string; readonly group: GroupName; readonly generation: number; readonly topics: readonly string[] }[]> {
    const existing = await reachBroker(() => this.admin.groupIds());
    return TOPIC_MANIFEST.groups.flatMap(({ group, topics }) =>
      generationsOf(group, existing).map(({ id, generation }) => ({ id, group, generation, topics })));
  }
}

/** By topic, in the order of their names; a partition counts by the group that has read furthest in it. */
export function oldestWatermarks(read: readonly ReadWatermark[]): readonly TopicWatermark[] {
  const partitions = new Map<string, Map<number, Instant | undefined>>();
  for (const { topic, partition, recordedBefore } of read) {
    const ofTopic = partitions.get(topic) ?? new Map<number, Instant | undefined>();
    const before = ofTopic.get(partition);
    partitions.set(topic, ofTopic.set(partition, before === undefined || (recordedBefore !== undefined && recordedBefore > before) ? recordedBefore : before));
  }
  return [...partitions].sort(([a], [b]) => compareText(a, b)).map(([topic, ofTopic]) => {
    const known = [...ofTopic.values()].filter((each) => each !== undefined);
    const withoutAny = ofTopic.size - known.length;
    return { topic, partitions: ofTopic.size, withoutAny, oldest: withoutAny > 0 ? undefined : known.reduce((a, b) => earliest(a, b)) };
  });
}

/**
 * The first generation of a group has its plain name and counts even before anybody joined; later ones are those that the
 * broker knows. One whose number no first generation accompanies any more has taken its place.
 */
export function generationsOf(group: GroupName, existing: readonly string[]): readonly { readonly id: string; readonly generation: number }[] {
  const later = existing.flatMap((id) => {
    const number = id.startsWith(`${group}.g`) ? id.slice(`${group}.g`.length) : '';
    return /^[1-9]\d*$/.test(number) ? [{ id, generation: Number(number) }] : [];
  });
  const hasFirst = later.length === 0 || existing.includes(group);
  return [...(hasFirst ? [{ id: group, generation: FIRST }] : []), ...later.sort((a, b) => a.generation - b.generation)];
}
