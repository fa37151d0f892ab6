import type { Instant, UnitCode } from '@index766/kernel';
import type { LifeStory } from '@index766/testing-unit';

import type { FactsOfEntry, Ledger } from '../ledger';

/** The facts of a story as the ledger has them: known when they were recorded, or at `knownAt`. */
export function entryOf(story: Pick<LifeStory, 'facts'>, knownAt?: Instant): FactsOfEntry {
  const facts = story.facts();
  const units = facts.flatMap(({ body }) => ('unit' in body ? [body.unit] : []));
  return { id: facts[0]?.dossier ?? '', units: [...new Set(units)], facts: facts.map((fact) => ({ fact, knownAt: knownAt ?? fact.recordedAt })) };
}

/** What editions read of a ledger. */
export function ledgerOf(entries: () => readonly FactsOfEntry[]): Pick<Ledger<never>, 'factsOfUnit'> {
  return {
    async *factsOfUnit(unit: UnitCode) {
      yield* await Promise.resolve(entries().filter(({ units }) => units.includes(unit)));
    },
  };
}
