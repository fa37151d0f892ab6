import type { EncodedRecord, TopicContract } from '@index766/contracts-envelope';
import type { BatchHandler } from '@index766/platform-kafka';

/** A topic that a group reads, and what its records look like. */
export interface PoisonTopic {
  readonly topic: TopicContract;
  /** Distinct keys of the topic's form, for numbers from 1 to 40. */
  readonly key: (number: number) => string;
  /** A valid record, for sequences from 1 to 5. */
  readonly record: (key: string, sequence: number) => EncodedRecord;
  /** Another valid record of the same key and sequence; absent where a sequence names no content (a signal). */
  readonly otherContent?: (key: string, sequence: number) => EncodedRecord;
  /** What the service keeps of a key: every record, or only what the one of the highest sequence said. */
  readonly keeps: 'all' | 'newest';
}

/** A consumer group of the service. */
export interface PoisonGroup {
  readonly group: string;
  /** Prototype of its handler's class: a bug is put into it and taken out again. */
  readonly handler: Pick<BatchHandler<unknown, unknown>, 'decode' | 'fold'>;
  readonly topics: readonly PoisonTopic[];
}

/** The service, running on a broker and a database of its own. */
export interface RunningPoisonedService {
  readonly brokers: readonly string[];
  /** Sequences of a key whose effect the service's database shows, in ascending order. */
  applied(topic: TopicContract, key: string): Promise<readonly number[]>;
  /** What the database has of a key: equal before and after a repetition. */
  stored(topic: TopicContract, key: string): Promise<unknown>;
  /** The text of `/metrics`. */
  metrics(): Promise<string>;
  isReady(): Promise<boolean>;
  stop(): Promise<void>;
}

export interface PoisonedService {
  readonly name: string;
  /** Starts it, with the topics of its groups and their dead letters. */
  start(): Promise<RunningPoisonedService>;
  readonly groups: readonly PoisonGroup[];
  /** Gauge with the label `topic` that tells missing records below the highest sequence; absent if the service has none. */
  readonly holesMetric?: { readonly name: string; readonly topics: readonly TopicContract[] };
}
