import type { KafkaClient } from '../client/kafka-client';
import type { Publisher } from '../publish/publisher';
import type { BatchHandler } from './batch-handler';
import type { ConsumerStatus } from './consumer-status';

/** What an error thrown by a handler's I/O means: retry for ever, or a bug on one of the records. Undefined = cannot tell. */
export type FailureClassifier = (error: unknown) => 'away' | 'bug' | undefined;

export interface BatchConsumerOptions {
  readonly client: KafkaClient;
  /** `<service>.<purpose>`, exactly as dashboards show it. */
  readonly group: string;
  /** Each for its own topics; `BatchHandler<Item, Doc>` of any kind fits. */
  readonly handlers: readonly BatchHandler<unknown, unknown>[];
  readonly deadLetters: Publisher;
  /** Asked first; `(error) => isDatabaseAway(error) ? 'away' : undefined` for MongoDB. */
  readonly classify?: FailureClassifier | undefined;
}

/** One member of a consumer group, kept alive. */
export declare class BatchConsumer {
  constructor(options: BatchConsumerOptions);
  readonly group: string;
  /**
   * Resolves when the member has joined its group for the first time; keeps trying while the broker is away. Rejects
   * when it can never work: topics with unequal partition counts.
   */
  start(): Promise<void>;
  /** Ends the batches in work, commits, leaves the group; bounded by 10 s. */
  close(): Promise<void>;
  status(): ConsumerStatus;
}
