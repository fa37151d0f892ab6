import type { OpenDatabase } from '@index766/testing-integration';

type Row = Record<string, unknown>;

/** All documents of a database, as a backup has them. */
export type DatabaseCopy = ReadonlyMap<string, readonly Row[]>;

export async function copyDatabase({ db }: OpenDatabase): Promise<DatabaseCopy> {
  const copy = new Map<string, readonly Row[]>();
  for (const { name } of await db.listCollections().toArray()) copy.set(name, await db.collection(name).find().toArray());
  return copy;
}

/** Puts a copy in the place of what is there. Indexes stay. */
export async function putBack({ db }: OpenDatabase, copy: DatabaseCopy): Promise<void> {
  for (const { name } of await db.listCollections().toArray()) {
    await db.collection(name).deleteMany({});
    const rows = copy.get(name) ?? [];
    if (rows.length > 0) await db.collection(name).insertMany([...rows]);
  }
}

/** A copy in which every second document of some collections is as in another one: where a start was killed half-way. */
export function halfOf(copy: DatabaseCopy, newer: DatabaseCopy, collections: readonly string[]): DatabaseCopy {
  return new Map([...copy].map(([name, rows]) => {
    if (!collections.includes(name)) return [name, rows] as const;
    const taken = (newer.get(name) ?? []).filter((_, index) => index % 2 === 0);
    const ids = new Set(taken.map(({ _id }) => _id));
    return [name, [...taken, ...rows.filter(({ _id }) => !ids.has(_id))]] as const;
  }));
}
