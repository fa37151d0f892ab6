import { HEALTHY, unhealthy, type Probe } from '@index766/platform-observability';
import type { MongoDatabase } from './connection/mongo-database';
import { isDatabaseAway } from './failures/database-failure';
import type { Relay } from './relay/relay';
import type { ReferenceCache } from './reference/reference-cache';

/** Readiness: the database answers. */
export function mongoProbe(database: Pick<MongoDatabase, 'ping'>): Probe {
  return {
    name: 'mongo',
    check: async () => {
      try {
        await database.ping();
        return HEALTHY;
      } catch (error) {
        if (!isDatabaseAway(error)) throw error;
        return unhealthy('the database is away');
      }
    },
  };
}

/**
 * Readiness: the relay runs and reaches the database. A broker that is away does not make a member unready: commands
 * are still accepted, their records wait in the outbox.
 */
export function relayProbe(relay: Pick<Relay, 'name' | 'status'>): Probe {
  return {
    name: `relay:${relay.name}`,
    check: () => {
      const { running, blockedBy } = relay.status();
      if (!running) return unhealthy('the relay does not run');
      return blockedBy === 'database' ? unhealthy('the relay waits for the database') : HEALTHY;
    },
  };
}

/** Readiness: the reference documents were loaded once. */
export function referenceProbe(cache: Pick<ReferenceCache<object>, 'ready'>): Probe {
  return { name: 'reference', check: () => (cache.ready ? HEALTHY : unhealthy('reference documents are not loaded yet')) };
}
