import { HEALTHY, unhealthy, type Probe } from '@index766/platform-observability';
import type { MongoDatabase } from './connection/mongo-database';
import { isDatabaseAway } from './failures/database-failure';
import type { Relay } from './relay/relay';
import type { ReferenceCache } from './reference/reference-cache';
import { endsWithin } from './timing';

/** Sooner than the health check gives a probe up, which would not say what it waits for. */
const ANSWER_WITHIN_MS = 1_500;

/** Readiness: the database answers. */
export function mongoProbe(database: Pick<MongoDatabase, 'ping'>): Probe {
  return {
    name: 'mongo',
    check: async () => {
      try {
        const answers = await endsWithin(database.ping(), ANSWER_WITHIN_MS);
        return answers ? HEALTHY : unhealthy('the database is away: it does not answer');
      } catch (error) {
        if (!isDatabaseAway(error)) throw error;
        return unhealthy('the database is away');
      }
    },
  };
}

/**
 * Readiness: the relay runs, records leave the outbox, none has waited for too long. Commands are accepted all the same,
 * until an outbox is full: who is told to go elsewhere finds the same there, and the reason.
 */
export function relayProbe(relay: Pick<Relay, 'name' | 'status'>): Probe {
  return {
    name: `relay:${relay.name}`,
    check: () => {
      const { running, blockedBy, overdue, oldestPendingAgeSeconds } = relay.status();
      if (!running) return unhealthy('the relay does not run');
      const waits = blockedBy === undefined ? [] : [`the relay waits for the ${blockedBy}`];
      const late = overdue ? [`a record has waited in the outbox for ${Math.floor(oldestPendingAgeSeconds)} s`] : [];
      return waits.length + late.length === 0 ? HEALTHY : unhealthy(...waits, ...late);
    },
  };
}

/** Readiness: the reference documents were loaded once. */
export function referenceProbe(cache: Pick<ReferenceCache<object>, 'ready'>): Probe {
  return { name: 'reference', check: () => (cache.ready ? HEALTHY : unhealthy('reference documents are not loaded yet')) };
}
