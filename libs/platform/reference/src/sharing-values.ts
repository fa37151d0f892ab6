import type { ReferenceCollection } from '@index766/platform-mongo';

type Changes<Content extends object> = Pick<ReferenceCollection<Content>, 'changedSince'>;

/** An object of more fields, or a longer list, is hardly ever the same twice. */
const MOST_PARTS = 8;

/**
 * Reads of reference documents in which equal texts, instants and small parts are the same value in memory: a procedure is
 * recorded for hundreds of units with one name, one term and a handful of days. For a `ReferenceCache`; nobody changes
 * what it holds.
 */
export function sharingValues<Content extends object>(collection: Changes<Content>): Changes<Content> {
  const shared = new Map<string, unknown>();

  function once<Value>(key: string, value: Value): Value {
    const known = shared.get(key);
    if (known !== undefined) return known as Value;
    shared.set(key, value);
    return value;
  }

  function share(value: unknown): unknown {
    if (typeof value === 'string') return once(`"${value}`, value);
    if (value instanceof Date) return once(`@${value.getTime()}`, value);
    if (typeof value !== 'object' || value === null) return value;
    const parts = value as Record<string, unknown>;
    const names = Object.keys(parts);
    for (const name of names) parts[name] = share(parts[name]);
    const isSmall = names.length <= MOST_PARTS && names.every((name) => typeof parts[name] !== 'object');
    return isSmall ? once(JSON.stringify(value), value) : value;
  }

  return {
    changedSince: async (since, knownRev) => {
      const { documents, next } = await collection.changedSince(since, knownRev);
      // Fresh from the database: nobody else holds them.
      for (const { content } of documents) share(content);
      return { documents, next };
    },
  };
}
