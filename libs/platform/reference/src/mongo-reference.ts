import { instantOf } from '@index766/kernel';
import type { ReferenceCache, ReferenceCollection } from '@index766/platform-mongo';
import { referenceId, type ReferenceDocument, type ReferenceDocuments } from './reference.batch-handler';
import type { VersionSource } from './version-source';

export const REFERENCE_COLLECTION = 'reference';

/** One key of the catalog in the collection `reference`. */
export interface ReferenceContent {
  readonly versions: readonly { readonly sequence: number; readonly recordedAt: Date; readonly content: object }[];
}

export class MongoReference implements ReferenceDocuments {
  constructor(private readonly collection: Pick<ReferenceCollection<ReferenceContent>, 'findMany' | 'replaceMany'>) {}

  async findMany(ids: readonly string[]): Promise<ReadonlyMap<string, ReferenceDocument>> {
    const found = await this.collection.findMany(ids);
    return new Map([...found].map(([id, { rev, content }]) => [id, {
      id, rev,
      versions: content.versions.map((version) => ({ ...version, recordedAt: instantOf(version.recordedAt.getTime()) })),
    }]));
  }

  saveMany(documents: readonly ReferenceDocument[]): Promise<ReadonlySet<string>> {
    return this.collection.replaceMany(documents.map(({ id, rev, versions }) => ({
      id, rev, content: { versions: versions.map((version) => ({ ...version, recordedAt: new Date(version.recordedAt) })) },
    })));
  }
}

/** Counts the versions of everything in memory, once for each change. */
export class KnownRecords {
  private counted = 0;
  private countedRevision = -1;

  constructor(private readonly cache: Pick<ReferenceCache<ReferenceContent>, 'entries' | 'revision'>) {}

  get count(): number {
    if (this.countedRevision !== this.cache.revision) {
      this.counted = 0;
      for (const [, { versions }] of this.cache.entries()) this.counted += versions.length;
      this.countedRevision = this.cache.revision;
    }
    return this.counted;
  }
}

const NONE: readonly never[] = [];

/** The versions of one kind of reference record in this member's memory. */
export class CachedVersions<Content extends object> implements VersionSource<Content> {
  /** The same array for a key as long as nothing changed: what is derived from it is kept by its identity. */
  private contents = new Map<string, readonly Content[]>();
  private contentsRevision = -1;

  constructor(
    private readonly cache: Pick<ReferenceCache<ReferenceContent>, 'find' | 'revision'>,
    private readonly kind: string,
  ) {}

  get revision(): number {
    return this.cache.revision;
  }

  versionsOf(key: string): readonly Content[] {
    if (this.contentsRevision !== this.cache.revision) {
      this.contents = new Map();
      this.contentsRevision = this.cache.revision;
    }
    let contents = this.contents.get(key);
    if (contents === undefined) {
      // The consumer checked it against the contract of its kind.
      contents = this.cache.find(referenceId(this.kind, key))?.versions.map(({ content }) => content as Content) ?? NONE;
      this.contents.set(key, contents);
    }
    return contents;
  }
}
