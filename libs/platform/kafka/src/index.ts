export type { KafkaConfig } from './client/kafka-config';
export type { KafkaLogger } from './client/kafka-logger';
export type { OutgoingRecord, RecordSender, VerbatimHeaders, VerbatimRecord } from './publish/outgoing-record';
export type { IncomingRecord, Watermark } from './consume/incoming-record';
export type { BatchHandler, BatchResult, Folded, ItemOutcome, KeyResult } from './consume/batch-handler';
export type { ConsumerState, ConsumerStatus, PausedLane } from './consume/consumer-status';
