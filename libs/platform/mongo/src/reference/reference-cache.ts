import type { MongoLog } from '../observation';
import type { ReferenceCollection } from './reference-collection';

export interface ReferenceCacheOptions<Content> {
  /** Default 1,000. */
  readonly pollMs?: number;
  readonly log?: MongoLog;
  /** After each refresh that changed something, the first load included. */
  readonly onChange?: (changed: ReadonlyMap<string, Content>) => void;
}

/** All documents of a reference collection in memory, refreshed every second. */
export declare class ReferenceCache<Content extends object> {
  constructor(source: ReferenceCollection<Content>, options?: ReferenceCacheOptions<Content>);
  /** Resolves after the first load; keeps trying while the database is away. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** True once loaded. */
  readonly ready: boolean;
  /** Counts the refreshes that changed something: for whoever derives something from the whole. */
  readonly revision: number;
  readonly size: number;
  find(id: string): Content | undefined;
  entries(): IterableIterator<[string, Content]>;
}
