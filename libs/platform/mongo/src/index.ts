export type { MongoOptions } from './connection/mongo-options';
export { MongoDatabase, openMongo, type MongoCollection, type MongoObservation } from './connection/mongo-database';
export { ensureIndexes, type IndexDeclaration } from './connection/indexes';
export { mongoProbe, referenceProbe, relayProbe } from './probes';
export { isDatabaseAway } from './failures/database-failure';
export { copiedCollections, documentPages, hasDocuments, putDocuments } from './copy/database-copy';
export { retrying, type RetryOptions } from './failures/retrying';
export {
  AggregateStore, type AggregateStoreOptions, type Decision, type SaveOutcome,
} from './aggregate/aggregate-store';
export { newAggregate, type Aggregate, type AggregateChange, type AggregateRef, type StateFields } from './aggregate/aggregate-document';
export type { OutboxRecord } from './aggregate/outbox-entry';
export { recall, remember, type RememberedCommand } from './aggregate/remembered-commands';
export { FencedDocuments, type Fenced } from './documents/fenced-documents';
export { Relay, type RelayOptions, type RelayStatus } from './relay/relay';
export type { RecordSender, RelayRecord } from './relay/relay-lane';
export type { OutboxCollection, SlotBacklog } from './relay/outbox';
export {
  WatermarkTicker, type SlotWatermark, type WatermarkSender, type WatermarkTickerOptions,
} from './relay/watermark-ticker';
export { ReferenceCollection, type ReferenceChanges } from './reference/reference-collection';
export { ReferenceCache, type ReferenceCacheOptions } from './reference/reference-cache';
export { foldBack, otherContent, recordsMissing, type FoldBack, type FoldBackOptions, type LackingFields, type TopicRecord } from './restore/fold-back';
export { Reconciliation, type Reconciled, type ReconciliationOptions, type TopicSource } from './restore/reconciliation';
export { RestoreError, type RestoreErrorCode } from './restore/restore-error';
