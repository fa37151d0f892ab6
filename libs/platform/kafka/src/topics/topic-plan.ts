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

export declare function planTopics(manifest: TopicManifest, options: TopicPlanOptions): readonly TopicPlan[];
export declare function deadLetterTopicOf(topic: string, group: string): string;
