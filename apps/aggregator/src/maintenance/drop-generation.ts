import { setTimeout as pause } from 'node:timers/promises';
import { ok } from '@index766/kernel';
import type { TopicAdmin } from '@index766/platform-kafka';

import { FIRST_GENERATION, withDropped, withDropping, type Generation, type GenerationStore } from '../generations';
import { GENERATION_COLLECTION } from '../generations/adapters/mongo-generation-store';
import type { GenerationStores } from './generation-stores';
import { MaintenanceFailure } from './maintenance-failure';

const LOOK_EVERY_MS = 500;
/** Members go over to a new generation within seconds; a dead one is forgotten by the broker after its session time. */
const LEFT_WITHIN_MS = 120_000;

export interface DropParts {
  readonly store: GenerationStore;
  readonly admin: Pick<TopicAdmin, 'deleteGroups'>;
  readonly open: (generation: Generation) => Promise<GenerationStores>;
}

/**
 * Removes a generation that is not live: its groups first, which the broker refuses while any member is in them, then its
 * documents. What a crash interrupts is finished by the next call.
 */
export async function dropGeneration({ store, admin, open }: DropParts, generation: Generation): Promise<void> {
  const begun = await store.update((state) => withDropping(state, generation));
  if (!begun.ok) throw new MaintenanceFailure(`${begun.error.code}: ${begun.error.detail}.`);
  const stores = await open(generation);
  try {
    const { reference, ledger, scores } = stores.groups;
    await untilLeft(admin, [reference.id, ledger.id, scores.id]);
    await removeDocuments(stores, generation);
  } finally {
    await stores.close();
  }
  await store.update((state) => ok(withDropped(state)));
}

async function untilLeft(admin: Pick<TopicAdmin, 'deleteGroups'>, groups: readonly string[]): Promise<void> {
  let left = await admin.deleteGroups(groups);
  for (const end = performance.now() + LEFT_WITHIN_MS; left.length > 0; left = await admin.deleteGroups(left)) {
    if (performance.now() > end) throw new MaintenanceFailure(`Members still read as ${left.join(', ')}: nothing of it was removed.`);
    await pause(LOOK_EVERY_MS);
  }
}

/** The first generation shares its database with the pointer, which stays. */
async function removeDocuments({ database }: GenerationStores, generation: Generation): Promise<void> {
  await database.patiently(LEFT_WITHIN_MS, async (db) => {
    if (generation !== FIRST_GENERATION) {
      await db.dropDatabase();
      return;
    }
    for (const { collectionName } of await db.collections()) {
      if (collectionName !== GENERATION_COLLECTION) await db.dropCollection(collectionName);
    }
  });
}
