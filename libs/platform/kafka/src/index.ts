export type { KafkaConfig } from './client/kafka-config';
export type { KafkaLogger } from './client/kafka-logger';
export { createKafkaClient, type KafkaClient, type KafkaLink } from './client/kafka-client';
export { partitionOf } from './partition-of';

export type { OutgoingRecord, RecordSender, VerbatimRecord } from './publish/outgoing-record';
export { Publisher, type PublisherOptions, type PublisherStatus } from './publish/publisher';
export { PublishError, type PublishErrorCode } from './publish/publish-error';
export type { SendLimits } from './publish/send-queue';
export { WatermarkPublisher, type WatermarkPublisherOptions } from './publish/watermark-publisher';

export type { IncomingRecord, PartitionWatermark } from './consume/incoming-record';
export { fingerprintOf } from './consume/record-fingerprint';
export { knownAtOf } from './consume/watermarks';
export type { BatchHandler, BatchResult, Folded, ItemOutcome, KeyResult } from './consume/batch-handler';
export { gathered } from './consume/gathered';
export { BatchConsumer, type BatchConsumerOptions } from './consume/batch-consumer';
export type { ConsumerState, ConsumerStatus, PausedLane } from './consume/consumer-status';
export type { ConsumerLimits } from './consume/consumer-limits';
export type { FailureClass, FailureClassifier } from './consume/failure';
export { readDeadLetter, replayOf, type DeadLetter, type DeadLetterCause, type DeadLetterSender } from './dead-letters/dead-letter';
export { DeadLetters, type DeadLettersOptions, type ReplayReport } from './dead-letters/dead-letters';
export type { LetterSummary, LoggedLetter } from './dead-letters/dead-letter-log';
export type { Resolution, ResolutionOutcome } from './dead-letters/resolution';

export { TopicReader, type ReadRequest, type TopicReaderOptions } from './read/topic-reader';
export { ReadError, type ReadErrorCode } from './read/read-error';
export type { PartitionPosition } from './read/read-progress';

export { BatchConsumerStrategy, type ConsumerEvents } from './nest/batch-consumer-strategy';

export {
  deadLetterTopicOf, planTopics, type TopicManifest, type TopicPlan, type TopicPlanOptions,
} from './topics/topic-plan';
export { TopicAdmin, type ReadWatermark } from './topics/topic-admin';
export type { PartitionEnds, PartitionLag } from './topics/group-offsets';

export type { AccessRule } from './access/access-rule';
export { AccessAdmin } from './access/access-admin';
