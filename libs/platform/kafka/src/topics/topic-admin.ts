import type { Result } from '@index766/kernel';
import type { KafkaClient } from '../client/kafka-client';
import type { TopicPlan } from './topic-plan';

export interface PartitionLag {
  readonly topic: string;
  readonly partition: number;
  /** Offset that the next record will get. */
  readonly end: bigint;
  /** Undefined = the group has committed nothing here. */
  readonly committed: bigint | undefined;
  /** Records that the group has not read. */
  readonly lag: bigint;
}

/** Creates and checks topics, looks at groups from outside. Every call opens its own connection and closes it. */
export declare class TopicAdmin {
  constructor(client: KafkaClient);
  /** Creates what is missing; existing topics stay as they are. Answers the names it created. */
  apply(plan: readonly TopicPlan[]): Promise<readonly string[]>;
  /** Refusal `TOPICS.MISSING` or `TOPICS.OTHER_PARTITIONS` in plain words, naming every topic concerned. */
  verify(plan: readonly TopicPlan[]): Promise<Result<void>>;
  groupLag(group: string, topics: readonly string[]): Promise<readonly PartitionLag[]>;
}
