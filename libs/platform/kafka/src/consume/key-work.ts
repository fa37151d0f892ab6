import type { ItemOutcome } from './batch-handler';
import type { IncomingRecord } from './incoming-record';

/** A decoded record with the key of the document it belongs to. */
export interface Entry<Item> {
  readonly record: IncomingRecord;
  readonly item: Item;
  readonly key: string;
}

/** What was done for one key. */
export interface KeyWork<Item, Doc> {
  readonly key: string;
  readonly before: Doc | undefined;
  readonly after: Doc | undefined;
  /** What has to be saved; undefined when nothing changed. */
  readonly changed: Doc | undefined;
  readonly entries: readonly { readonly entry: Entry<Item>; readonly result: ItemOutcome | EntryFailure }[];
}

export interface EntryFailure {
  readonly failure: unknown;
  readonly step: string;
}

/** Entries by key, each in the order of the log. */
export function groupByKey<Item>(entries: readonly Entry<Item>[]): ReadonlyMap<string, readonly Entry<Item>[]> {
  const groups = new Map<string, Entry<Item>[]>();
  for (const entry of entries) {
    const group = groups.get(entry.key);
    if (group) group.push(entry);
    else groups.set(entry.key, [entry]);
  }
  return groups;
}

/** Two halves: by keys, a single key by its records in their order; undefined when only one record is left. */
export function halvesOf<Item>(
  groups: ReadonlyMap<string, readonly Entry<Item>[]>,
): readonly [ReadonlyMap<string, readonly Entry<Item>[]>, ReadonlyMap<string, readonly Entry<Item>[]>] | undefined {
  const keys = [...groups];
  const [only] = keys;
  if (keys.length > 1) {
    const middle = keys.length >>> 1;
    return [new Map(keys.slice(0, middle)), new Map(keys.slice(middle))];
  }
  if (!only || only[1].length <= 1) return undefined;
  const [key, entries] = only;
  const middle = entries.length >>> 1;
  return [new Map([[key, entries.slice(0, middle)]]), new Map([[key, entries.slice(middle)]])];
}

/** Joins what was done for one key in several steps: the first document before, the last one after. */
export function mergeKeys<Item, Doc>(works: readonly KeyWork<Item, Doc>[]): readonly KeyWork<Item, Doc>[] {
  const merged = new Map<string, KeyWork<Item, Doc>>();
  for (const work of works) {
    const earlier = merged.get(work.key);
    const touched = work.entries.some(({ result }) => typeof result === 'string');
    merged.set(work.key, earlier
      ? {
          ...earlier,
          ...(touched ? { before: earlier.before ?? work.before, after: work.after, changed: work.changed } : {}),
          entries: [...earlier.entries, ...work.entries],
        }
      : work);
  }
  return [...merged.values()];
}
