import { createKafkaClient, deadLetterTopicOf, planTopics, TopicAdmin, type KafkaLogger, type TopicPlan } from '@index766/platform-kafka';
import { OpsFailure } from '../failure';
import type { BrokerConfig } from '../ops.config';
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

/** A command says in its own sentence what failed; the client's running commentary would bury it. */
const SILENT: KafkaLogger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Topics and groups as the broker has them. */
export class Broker {
  private readonly admin: TopicAdmin;
  private readonly plan: readonly TopicPlan[];

  constructor({ kafka, partitions, replication }: BrokerConfig) {
    const sasl = kafka.username === undefined || kafka.password === undefined
      ? undefined : { username: kafka.username, password: kafka.password.reveal() };
    this.admin = new TopicAdmin(createKafkaClient({ brokers: kafka.brokers, clientId: kafka.clientId, sasl }, SILENT));
    this.plan = planTopics(TOPIC_MANIFEST, { dossierPartitions: partitions, replication });
  }

  /** Creates what is missing of the manifest and checks all of it; answers what it created and how many topics there are. */
  async applyTopics(): Promise<{ created: readonly string[]; all: number }> {
    const created = await this.reach(() => this.admin.apply(this.plan));
    await this.verifyTopics();
    return { created, all: this.plan.length };
  }

  /** Throws an `OpsFailure` that names every topic that is missing or has other partitions. Answers their number. */
  async verifyTopics(): Promise<number> {
    const verified = await this.reach(() => this.admin.verify(this.plan));
    if (!verified.ok) throw new OpsFailure(`${verified.error.code}: ${verified.error.detail}.`);
    return this.plan.length;
  }

  /** Of every group of the manifest, and of every generation of it that the broker knows. */
  async lags(): Promise<readonly GroupLag[]> {
    const existing = await this.reach(() => this.admin.groupIds());
    const lags: GroupLag[] = [];
    for (const { group, topics } of TOPIC_MANIFEST.groups) {
      for (const { id, generation } of generationsOf(group, existing)) {
        const partitions = await this.reach(() => this.admin.groupLag(id, topics));
        for (const topic of topics) {
          const ofTopic = partitions.filter((partition) => partition.topic === topic);
          lags.push({ group, generation, topic, records: Number(ofTopic.reduce((sum, { lag }) => sum + lag, 0n)) });
        }
      }
    }
    return lags;
  }

  /** Records that were set aside, by group and topic; those without any are left out. */
  async deadLetters(): Promise<readonly GroupLag[]> {
    const topics = TOPIC_MANIFEST.groups.flatMap(({ group, topics: read }) => read.map((topic) => ({ group, topic, letters: deadLetterTopicOf(topic, group) })));
    // Nobody reads dead letters as a group of that name, so all of them are ahead of it.
    const partitions = await this.reach(() => this.admin.groupLag('ops.dead-letters', topics.map(({ letters }) => letters)));
    return topics.flatMap(({ group, topic, letters }) => {
      const records = Number(partitions.filter((partition) => partition.topic === letters).reduce((sum, { lag }) => sum + lag, 0n));
      return records === 0 ? [] : [{ group, generation: FIRST, topic, records }];
    });
  }

  private async reach<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw new OpsFailure(`The Kafka broker cannot be asked: ${error instanceof Error ? error.message : 'no connection'}.`);
    }
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

function ignore(): void {
  // Nothing is told.
}
