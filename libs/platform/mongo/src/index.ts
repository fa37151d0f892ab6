export type { MongoOptions } from './connection/mongo-options';
export { MongoDatabase, openMongo, type MongoCollection } from './connection/mongo-database';
export { ensureIndexes, type IndexDeclaration } from './connection/indexes';
export type { MongoLog, MongoMetrics, RelayMetrics } from './observation';
export { isDatabaseAway, isDuplicate } from './failures/database-failure';
export { retrying, type RetryOptions } from './failures/retrying';
export {
  AggregateStore, newAggregate, type Aggregate, type AggregateChange, type AggregateRef, type AggregateStoreOptions,
  type Decision, type OutboxRecord, type SaveOutcome,
} from './aggregate/aggregate-store';
export { recall, remember, type RememberedCommand } from './aggregate/remembered-commands';
export { FencedDocuments, type Fenced } from './documents/fenced-documents';
export {
  Relay, type OutboxCollection, type RecordSender, type RelayOptions, type RelayRecord, type RelayStatus,
} from './relay/relay';
export {
  WatermarkTicker, type SlotWatermark, type WatermarkSender, type WatermarkTickerOptions,
} from './relay/watermark-ticker';
export { ReferenceCollection } from './reference/reference-collection';
export { ReferenceCache, type ReferenceCacheOptions } from './reference/reference-cache';
