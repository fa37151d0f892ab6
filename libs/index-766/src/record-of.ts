const EMPTY_RECORDS = new WeakMap<readonly string[], object>();

/**
 * A record of what `valueOf` gives for each key, that is read fast however many keys it has.
 *
 * @param keys the same list each time, as a record of nothing is kept for it
 */
export function recordOf<Key extends string, Value>(keys: readonly Key[], valueOf: (key: Key) => Value): Record<Key, Value> {
  const record = { ...emptyRecord(keys) } as Record<Key, Value>;
  for (const key of keys) record[key] = valueOf(key);
  return record;
}

/**
 * A record that got its keys one after the other is a hash table to the engine from some twenty keys on, and reading it takes many
 * times as long; one that was parsed is none, nor are its copies. All copies are alike, which makes reading them faster still.
 */
function emptyRecord(keys: readonly string[]): object {
  const known = EMPTY_RECORDS.get(keys);
  if (known !== undefined) return known;
  const empty = JSON.parse(JSON.stringify(Object.fromEntries(keys.map((key) => [key, null])))) as object;
  EMPTY_RECORDS.set(keys, empty);
  return empty;
}
