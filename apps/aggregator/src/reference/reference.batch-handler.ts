import type { Result } from '@index766/kernel';
import { knownAtOf, type BatchHandler, type Folded, type IncomingRecord } from '@index766/platform-kafka';

import { REFERENCE_TOPICS, addVersions, readReferenceRecord, type ReferenceEntry, type ReferenceRecord } from './reference-record';

/** Port: where the entries of reference keys are kept for every member of the service. */
export interface ReferenceStore {
  findMany(ids: readonly string[]): Promise<ReadonlyMap<string, FencedReference>>;
  /** Answers the ids of those that another writer was faster with. */
  saveMany(entries: readonly FencedReference[]): Promise<ReadonlySet<string>>;
}

export interface FencedReference {
  readonly id: string;
  readonly rev: number;
  readonly entry: ReferenceEntry;
}

/** Consumes the catalog's records. Group `aggregator.reference`. */
export class ReferenceBatchHandler implements BatchHandler<ReferenceRecord, FencedReference> {
  readonly topics = REFERENCE_TOPICS;

  constructor(private readonly store: ReferenceStore) {}

  decode(record: IncomingRecord): Result<ReferenceRecord> {
    return readReferenceRecord(record.topic, record, (recordedAt) => knownAtOf(recordedAt, record.knownAfter));
  }

  keyOf({ kind, key }: ReferenceRecord): string {
    return `${kind}:${key}`;
  }

  load(keys: readonly string[]): Promise<ReadonlyMap<string, FencedReference>> {
    return this.store.findMany(keys);
  }

  fold(document: FencedReference | undefined, items: readonly ReferenceRecord[]): Folded<FencedReference> {
    const [first] = items;
    const { entry, outcomes } = addVersions(document?.entry, items);
    if (first === undefined || entry === undefined || entry === document?.entry) return { document: undefined, outcomes };
    return { document: { id: this.keyOf(first), rev: document?.rev ?? 0, entry }, outcomes };
  }

  async save(documents: ReadonlyMap<string, FencedReference>): Promise<readonly string[]> {
    return [...await this.store.saveMany([...documents.values()])];
  }
}
