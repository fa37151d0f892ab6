export type { KafkaConfig } from './client/kafka-config';
export type { KafkaLogger } from './client/kafka-logger';
export { createKafkaClient, type KafkaClient, type KafkaLink } from './client/kafka-client';
export { KAFKA_METRICS, RECORD_OUTCOMES, type RecordOutcome } from './kafka-metrics';
export { partitionOf } from './partition-of';

export type { OutgoingRecord, RecordSender, VerbatimRecord } from './publish/outgoing-record';
export { Publisher, type PublisherOptions, type PublisherStatus } from './publish/publisher';
export { PublishError, type PublishErrorCode } from './publish/publish-error';
export type { SendLimits } from './publish/send-queue';
export { WatermarkPublisher, type WatermarkPublisherOptions } from './publish/watermark-publisher';

export type { IncomingRecord, PartitionWatermark } from './consume/incoming-record';
export type { BatchHandler, BatchResult, Folded, ItemOutcome, KeyResult } from './consume/batch-handler';
export { BatchConsumer, type BatchConsumerOptions } from './consume/batch-consumer';
export type { ConsumerState, ConsumerStatus, PausedLane } from './consume/consumer-status';
export { DEFAULT_CONSUMER_LIMITS, type ConsumerLimits } from './consume/consumer-limits';
export { classifyFailure, type FailureClass, type FailureClassifier } from './consume/failure';
export { UnfitTopics } from './consume/group-member';
export {
  DEAD_LETTER_CAUSES, readDeadLetter, replayOf, type DeadLetter, type DeadLetterCause,
} from './consume/dead-letter';

export { BATCH_CONSUMER_TRANSPORT, BatchConsumerStrategy, type ConsumerEvents } from './nest/batch-consumer-strategy';

export {
  deadLetterTopicOf, planTopics, type TopicManifest, type TopicPlan, type TopicPlanOptions,
} from './topics/topic-plan';
export { TopicAdmin } from './topics/topic-admin';
export type { PartitionLag } from './topics/group-offsets';
