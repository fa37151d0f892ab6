import type { ReferenceCache } from '@index766/platform-mongo';
import type { VersionSource } from '../application/reference';
import type { StoredVersions } from '../consumers/reference.batch-handler';

const NONE: readonly never[] = [];

/** The versions of one kind of reference record in this member's memory. */
export class CachedVersions<Content> implements VersionSource<Content> {
  /** Look-ups on the hot path give the same array as long as nothing changed. */
  private contents = new Map<string, readonly Content[]>();
  private contentsRevision = -1;

  constructor(private readonly cache: Pick<ReferenceCache<StoredVersions<Content>>, 'find' | 'revision'>) {}

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
      contents = this.cache.find(key)?.versions.map(({ content }) => content) ?? NONE;
      this.contents.set(key, contents);
    }
    return contents;
  }
}
