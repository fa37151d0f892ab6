export type { VersionSource } from './version-source';
export {
  ReferenceBatchHandler, referenceId, type ArrivedVersion, type ReferenceDocument, type ReferenceDocuments, type ReferenceSource,
  type ReferenceVersion,
} from './reference.batch-handler';
export { CachedVersions, KnownRecords, MongoReference, REFERENCE_COLLECTION, type ReferenceContent } from './mongo-reference';
export { tellMissingVersions } from './missing-versions';
export { sharingValues } from './sharing-values';
export { UnitTree, type PlacedUnit, type VersionBegun } from './unit-tree';
export { UnitScope } from './unit-scope';
