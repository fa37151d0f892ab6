import type { DossierFact, DossierView } from '@index766/dossier-life';
import { instantOf, type DossierId } from '@index766/kernel';

import type { TopicHoles } from '../holes';
import type { LedgerEntry } from '../ledger-entry';

/** One dossier in the collection `ledger`. */
export interface LedgerContent {
  readonly partition: number;
  /** Every unit that holds or held the dossier. */
  readonly units: readonly string[];
  /** Absent when nothing is missing, so that an index over it has only what is open. */
  readonly holes?: readonly TopicHoles[];
  readonly facts: readonly StoredFact[];
  /** Derived from the facts. Its instants are numbers, as the measures read them: it is memory that happens to be on disk. */
  readonly view: DossierView;
}

interface StoredFact {
  readonly kind: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly knownAt: Date;
  readonly topic: string;
  readonly sequence: number;
  readonly inferred?: true;
  readonly backfill?: true;
  readonly body: object;
}

export function toLedgerContent(entry: LedgerEntry, partition: number): LedgerContent {
  return {
    partition,
    units: [...new Set(entry.view.holders.map(({ unit }) => unit))],
    ...(entry.holes.length > 0 ? { holes: entry.holes } : {}),
    facts: entry.facts.map(({ fact, knownAt }) => ({
      kind: fact.kind,
      occurredAt: new Date(fact.occurredAt),
      recordedAt: new Date(fact.recordedAt),
      knownAt: new Date(knownAt),
      topic: fact.topic,
      sequence: fact.sequence,
      ...(fact.timeBasis === 'inferred' ? { inferred: true as const } : {}),
      ...(fact.backfill === true ? { backfill: true as const } : {}),
      body: fact.body,
    })),
    view: entry.view,
  };
}

/** Takes what we stored for what it is, without checking it again: only this service writes the collection. */
export function reconstituteLedgerEntry(id: string, content: LedgerContent): LedgerEntry {
  const dossier = id as DossierId;
  return {
    dossier,
    facts: content.facts.map((stored) => ({
      knownAt: instantOf(stored.knownAt.getTime()),
      fact: {
        dossier,
        kind: stored.kind,
        occurredAt: instantOf(stored.occurredAt.getTime()),
        recordedAt: instantOf(stored.recordedAt.getTime()),
        topic: stored.topic,
        sequence: stored.sequence,
        timeBasis: stored.inferred === true ? 'inferred' : 'stated',
        ...(stored.backfill === true ? { backfill: true } : {}),
        body: stored.body,
      } as DossierFact,
    })),
    view: content.view,
    holes: content.holes ?? [],
  };
}
