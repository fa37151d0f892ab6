import type { TopicContract } from '@index766/contracts-envelope';

/** A topic as it has to exist. */
export interface TopicPlan {
  readonly name: string;
  readonly partitions: number;
  readonly replication: number;
  readonly config: Readonly<Record<string, string>>;
}

export interface TopicManifest {
  readonly topics: readonly TopicContract[];
  /** Each gets a dead-letter topic per topic that it reads. */
  readonly groups: readonly { readonly group: string; readonly topics: readonly string[] }[];
}

export interface TopicPlanOptions {
  /** Partitions of topics keyed by dossier: 12 to a province, 48 for the country; fixed at first start. */
  readonly dossierPartitions: number;
  readonly replication: number;
}

const FOREVER = { 'retention.ms': '-1', 'cleanup.policy': 'delete' };
/** A compacted topic can be made to forget a person; what was set aside of it may not remember for ever. Its owner has the present state. */
const QUARTER = { 'retention.ms': '7776000000', 'cleanup.policy': 'delete' };
const CONFIG = {
  forever: FOREVER,
  compacted: { 'cleanup.policy': 'compact' },
  day: { 'retention.ms': '86400000', 'cleanup.policy': 'delete' },
};

/**
 * Every topic of a manifest with its partitions, replication and settings. Throws when a group reads a topic that the
 * manifest does not have: a misspelt manifest must not be applied.
 */
export function planTopics({ topics, groups }: TopicManifest, { dossierPartitions, replication }: TopicPlanOptions): readonly TopicPlan[] {
  const retentionOf = new Map(topics.map(({ name, retention }) => [name, retention]));
  const facts = topics.map(({ name, partitions, retention }) => ({
    name,
    partitions: partitions === 'dossier' ? dossierPartitions : 1,
    replication,
    config: CONFIG[retention],
  }));
  const deadLetters = groups.flatMap(({ group, topics: read }) =>
    read.map((topic) => {
      const retention = retentionOf.get(topic);
      if (retention === undefined) throw new Error(`group ${group} reads ${topic}, which is not in the manifest`);
      return { name: deadLetterTopicOf(topic, group), partitions: 1, replication, config: retention === 'compacted' ? QUARTER : FOREVER };
    }),
  );
  const plan = [...facts, ...deadLetters];
  const twice = plan.find(({ name }, index) => plan.findIndex((other) => other.name === name) !== index);
  if (twice) throw new Error(`topic ${twice.name} is in the manifest twice`);
  return plan;
}

/** `<topic>.<group>.dlt`; it has one partition, in which letters lie in the order they were set aside. */
export function deadLetterTopicOf(topic: string, group: string): string {
  return `${topic}.${group}.dlt`;
}
