import type { OpenDatabase } from '@index766/testing-integration';

/** By collection. */
export type StoredState = Readonly<Record<string, { readonly documents: number; readonly versions: number }>>;

/** Documents and the sum of their versions by collection: any write of an aggregate shows in it. */
export async function storedState(
  db: OpenDatabase['db'], collections: readonly string[],
): Promise<StoredState> {
  const counted = await Promise.all(collections.map(async (name) => {
    const versions = await db.collection(name).find({}, { projection: { version: 1 } }).toArray();
    return [name, { documents: versions.length, versions: versions.reduce((sum, { version }) => sum + Number(version), 0) }] as const;
  }));
  return Object.fromEntries(counted);
}
