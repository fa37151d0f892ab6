export { Reference, type Absence, type Officer, type ReferenceRecords } from './reference';
export { ReferenceBatchHandler, type ReferenceStore } from './reference.batch-handler';
export { REFERENCE_TOPICS, addVersions, readReferenceRecord, type ReferenceEntry } from './reference-record';
