export type { KafkaConfig } from './client/kafka-config';
export type { KafkaLogger } from './client/kafka-logger';
export type { OutgoingRecord, RecordSender, VerbatimRecord } from './publish/outgoing-record';
export type { IncomingRecord, PartitionWatermark } from './consume/incoming-record';
export type { BatchHandler, BatchResult, Folded, ItemOutcome, KeyResult } from './consume/batch-handler';
export type { ConsumerState, ConsumerStatus, PausedLane } from './consume/consumer-status';
export { partitionOf } from './partition-of';
