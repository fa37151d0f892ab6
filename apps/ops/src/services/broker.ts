import { planTopics, TopicAdmin, type TopicPlan } from '@index766/platform-kafka';
import { OpsFailure } from '../failure';
import type { BrokerConfig } from '../ops.config';
import { brokerClient, reachBroker } from './broker-client';
import { TOPIC_MANIFEST, type GroupName } from './topic-manifest';

/** How far one group is behind on one topic. */
export interface GroupLag {
  readonly group: GroupName;
  /** Of the aggregator's groups: 1 or, after a rebuild, a later one, which reads the same topics with positions of its own. */
  readonly generation: number;
  readonly topic: string;
  readonly records: number;
}

const FIRST = 1;

/** Topics and groups as the broker has them. */
export class Broker {
  private readonly admin: TopicAdmin;
  private readonly plan: readonly TopicPlan[];

  constructor(config: BrokerConfig) {
    this.admin = new TopicAdmin(brokerClient(config));
    this.plan = planTopics(TOPIC_MANIFEST, { dossierPartitions: config.partitions, replication: config.replication });
  }

  /** Creates what is missing of the manifest and checks all of it; answers what it created and how many topics there are. */
  async applyTopics(): Promise<{ created: readonly string[]; all: number }> {
    const created = await reachBroker(() => this.admin.apply(this.plan));
    await this.verifyTopics();
    return { created, all: this.plan.length };
  }

  /** Throws an `OpsFailure` that names every topic that is missing or has other partitions. Answers their number. */
  async verifyTopics(): Promise<number> {
    const verified = await reachBroker(() => this.admin.verify(this.plan));
    if (!verified.ok) throw new OpsFailure(`${verified.error.code}: ${verified.error.detail}.`);
    return this.plan.length;
  }

  /** Of every group of the manifest, and of every generation of it that the broker knows. */
  async lags(): Promise<readonly GroupLag[]> {
    const existing = await reachBroker(() => this.admin.groupIds());
    const groups = TOPIC_MANIFEST.groups.flatMap(({ group, topics }) =>
      generationsOf(group, existing).map(({ id, generation }) => ({ id, group, generation, topics })));
    const found = await reachBroker(() => this.admin.groupLags(groups.map(({ id, topics }) => ({ group: id, topics }))));
    return groups.flatMap(({ group, generation, topics }, index) => topics.map((topic) => {
      const ofTopic = (found[index] ?? []).filter((partition) => partition.topic === topic);
      return { group, generation, topic, records: Number(ofTopic.reduce((sum, { lag }) => sum + lag, 0n)) };
    }));
  }
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
