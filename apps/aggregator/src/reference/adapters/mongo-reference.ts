import { instantOf } from '@index766/kernel';
import type { ReferenceCollection } from '@index766/platform-mongo';

import type { FencedReference, ReferenceStore } from '../reference.batch-handler';
import type { ReferenceEntry, ReferenceKind, ReferenceRecord } from '../reference-record';

export const REFERENCE_COLLECTION = 'reference';

/** One key of the catalog in the collection `reference`. */
export interface ReferenceContent {
  readonly kind: ReferenceKind;
  readonly versions: readonly StoredVersion[];
}

interface StoredVersion {
  readonly key: string;
  readonly sequence: number;
  readonly recordedAt: Date;
  /** Absent: it was known when it was recorded. */
  readonly knownAt?: Date;
  readonly data: object | null;
}

export class MongoReferenceStore implements ReferenceStore {
  constructor(private readonly collection: ReferenceCollection<ReferenceContent>) {}

  async findMany(ids: readonly string[]): Promise<ReadonlyMap<string, FencedReference>> {
    const found = await this.collection.findMany(ids);
    return new Map([...found].map(([id, { rev, content }]) => [id, { id, rev, entry: reconstituteEntry(content) }]));
  }

  saveMany(entries: readonly FencedReference[]): Promise<ReadonlySet<string>> {
    return this.collection.replaceMany(entries.map(({ id, rev, entry }) => ({ id, rev, content: toReferenceContent(entry) })));
  }
}

export function toReferenceContent({ kind, versions }: ReferenceEntry): ReferenceContent {
  return {
    kind,
    versions: versions.map(({ key, sequence, recordedAt, knownAt, data }) => ({
      key, sequence, recordedAt: new Date(recordedAt), ...(knownAt === recordedAt ? {} : { knownAt: new Date(knownAt) }), data,
    })),
  };
}

/** Takes what we stored for what it is, without checking it again. */
export function reconstituteEntry({ kind, versions }: ReferenceContent): ReferenceEntry {
  return {
    kind,
    versions: versions.map(({ key, sequence, recordedAt, knownAt = recordedAt, data }) => ({
      kind, key, sequence, recordedAt: instantOf(recordedAt.getTime()), knownAt: instantOf(knownAt.getTime()), data,
    }) as ReferenceRecord),
  };
}
