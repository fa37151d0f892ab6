import { isWatermark } from '@index766/contracts-envelope';
import { knownAtOf, type IncomingRecord } from '@index766/platform-kafka';

import { Reference, addVersions, readReferenceRecord, type ReferenceEntry } from '../reference';
import { CachedReferenceRecords } from '../reference/adapters/cached-reference-records';
import { toReferenceContent } from '../reference/adapters/mongo-reference';

/** The catalog as its topics tell it. */
export class ToldReference {
  private readonly known = new Map<string, ReferenceEntry>();

  take(records: readonly IncomingRecord[]): void {
    for (const record of records) {
      const read = isWatermark(record) ? undefined : readReferenceRecord(record.topic, record, (recordedAt) => knownAtOf(recordedAt, record.knownAfter));
      // What nobody can read counts for nothing at the aggregator either.
      if (read?.ok !== true) continue;
      const id = `${read.value.kind}:${read.value.key}`;
      const { entry } = addVersions(this.known.get(id), [read.value]);
      if (entry !== undefined) this.known.set(id, entry);
    }
  }

  /** Of all that was taken; what is taken later is not in it. */
  reference(): Reference {
    const contents = new Map([...this.known].map(([id, entry]) => [id, toReferenceContent(entry)]));
    return new Reference(new CachedReferenceRecords({ revision: 1, find: (id) => contents.get(id), entries: () => contents.entries() }));
  }
}
