/** The known versions of one kind of reference record; a cache of the service's own copy. */
export interface VersionSource<Content> {
  /** Counts the changes: whatever was derived from an older one is derived anew. */
  readonly revision: number;
  /** In the order in which they became known; empty for an unknown key. */
  versionsOf(key: string): readonly Content[];
}
