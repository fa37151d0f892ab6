export type { KafkaConfig } from './client/kafka-config';
export type { KafkaLogger } from './client/kafka-logger';
export type { OutgoingRecord, RecordSender, VerbatimRecord } from './publish/outgoing-record';
export type { IncomingRecord, PartitionWatermark } from './consume/incoming-record';
export type { BatchHandler, BatchResult, Folded, ItemOutcome, KeyResult } from './consume/batch-handler';
export type { ConsumerState, ConsumerStatus, PausedLane } from './consume/consumer-status';
export { partitionOf } from './partition-of';
export { createKafkaClient, type KafkaClient } from './client/kafka-client';
export { Publisher, type PublisherOptions, type PublisherStatus } from './publish/publisher';
export { WatermarkPublisher, type WatermarkPublisherOptions } from './publish/watermark-publisher';
export { BatchConsumer, type BatchConsumerOptions } from './consume/batch-consumer';
export { classifyFailure, type FailureClass, type FailureClassifier } from './consume/failure';
export { BatchConsumerStrategy } from './nest/batch-consumer-strategy';
export {
  deadLetterTopicOf, planTopics, type TopicManifest, type TopicPlan, type TopicPlanOptions,
} from './topics/topic-plan';
export { TopicAdmin } from './topics/topic-admin';
export type { PartitionLag } from './topics/group-offsets';
