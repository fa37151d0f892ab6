import { defineMetrics, type Metrics } from '@index766/platform-observability';
import type { ReferenceCache } from '@index766/platform-mongo';
import type { ReferenceContent } from './mongo-reference';
import { referenceId, type ReferenceSource } from './reference.batch-handler';

export const REFERENCE_METRICS = defineMetrics('reference', {
  missing: {
    kind: 'gauge',
    name: 'reference_missing_versions',
    help: 'Versions of catalog records that have not come though later ones of their keys have, by topic.',
    labels: { topic: [] },
  },
});

type KnownReference = Pick<ReferenceCache<ReferenceContent>, 'entries' | 'revision'>;

/** How many versions of each topic's keys are missing below the highest one: set aside, or still on their way. */
export function missingVersions(cache: Pick<KnownReference, 'entries'>, sources: readonly ReferenceSource[]): ReadonlyMap<string, number> {
  const missing = new Map(sources.map(({ topic }) => [topic.name, 0]));
  for (const [id, { versions }] of cache.entries()) {
    const topic = sources.find(({ kind }) => id.startsWith(referenceId(kind, '')))?.topic.name;
    const highest = Math.max(0, ...versions.map(({ sequence }) => sequence));
    if (topic !== undefined) missing.set(topic, (missing.get(topic) ?? 0) + highest - versions.length);
  }
  return missing;
}

/** Tells it on `/metrics`; counted anew only after something has changed. */
export function tellMissingVersions(metrics: Metrics, cache: KnownReference, sources: readonly ReferenceSource[]): void {
  let counted: { readonly revision: number; readonly missing: ReadonlyMap<string, number> } | undefined;
  metrics.of(REFERENCE_METRICS).missing.onScrape((gauge) => {
    if (counted?.revision !== cache.revision) counted = { revision: cache.revision, missing: missingVersions(cache, sources) };
    for (const [topic, count] of counted.missing) gauge.set({ topic }, count);
  });
}
