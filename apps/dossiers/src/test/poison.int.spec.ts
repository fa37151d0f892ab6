import { databaseName } from '@index766/testing-integration';
import { CATALOG_POISON, describePoison } from '@index766/testing-suites';
import { ReferenceBatchHandler } from '@index766/platform-reference';
import { RunningDossiers } from './running-dossiers';

const KINDS = new Map([['catalog.public.unit.v1', 'unit'], ['catalog.public.procedure.v1', 'procedure'], ['catalog.public.calendar.v1', 'calendar']]);

describePoison({
  name: 'dossiers',
  holesMetric: { name: 'reference_missing_versions', topics: CATALOG_POISON.map(({ topic }) => topic) },
  groups: [{ group: 'dossiers.reference', handler: ReferenceBatchHandler.prototype, topics: CATALOG_POISON }],
  start: async () => {
    const dossiers = await RunningDossiers.start(databaseName(__filename));
    const copies = dossiers.documents.db.collection<{ _id: string; content?: { versions: readonly { sequence: number }[] } }>('reference');
    const stored = (topic: string, key: string) => copies.findOne({ _id: `${KINDS.get(topic)}:${key}` });
    return {
      brokers: dossiers.brokers,
      applied: async ({ name }, key) => (await stored(name, key))?.content?.versions.map(({ sequence }) => sequence) ?? [],
      stored: ({ name }, key) => stored(name, key),
      metrics: async () => (await dossiers.get('/metrics')).text(),
      isReady: async () => (await dossiers.get('/health/ready')).status === 200,
      stop: () => dossiers.stop(),
    };
  },
});
