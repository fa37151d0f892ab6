import { earliest, instantOf, type Instant } from '@index766/kernel';

import type { KnownFact } from '../ledger';

/** What an edition leaves out, and by which waiver. */
export interface Exclusions {
  /** Dossiers and petitions, each as a whole: what a missing or broken record would say of it, nobody knows. */
  readonly subjects: readonly Excluded[];
  /** What a service recorded from its last watermark on. */
  readonly producers: readonly (Excluded & { readonly before: Instant })[];
  /** Source systems that were not heard: nothing of them is left out that is known. */
  readonly sources: readonly Excluded[];
}

export interface Excluded {
  readonly id: string;
  readonly reason: string;
  readonly document: string | null;
}

export const NOTHING_EXCLUDED: Exclusions = { subjects: [], producers: [], sources: [] };

/** What an edition sees. With it, whoever has the topics finds the same edition at any later time. */
export interface Visibility {
  /** K, the closing instant: facts and reported figures that were known before it. */
  readonly knownBefore: Instant;
  /** Units, calendars and procedures as they were known before it: what is published once keeps them. */
  readonly catalogKnownBefore: Instant;
  readonly exclusions: Exclusions;
}

/** Whether an edition sees a fact about a dossier or petition. */
export function seesFact({ knownBefore, exclusions }: Visibility): (id: string, known: KnownFact) => boolean {
  const subjects = new Set(exclusions.subjects.map(({ id }) => id));
  const ends = new Map(exclusions.producers.map(({ id, before }) => [id, earliest(before, knownBefore)]));
  return (id, { fact, knownAt }) => knownAt < (ends.get(producerOf(fact.topic)) ?? knownBefore) && !subjects.has(id);
}

/** Until when an edition sees what the catalog says, where it would see it until `instant` otherwise. */
export function catalogEnd({ exclusions }: Pick<Visibility, 'exclusions'>, instant: Instant): Instant {
  const excluded = exclusions.producers.find(({ id }) => id === CATALOG);
  return excluded === undefined ? instant : earliest(excluded.before, instant);
}

/** The last instant by which units, calendars and procedures were known that an edition sees: "known before" is "known by" the millisecond before it (ADR 0100). */
export function catalogKnownBy(visibility: Visibility): Instant {
  return instantOf(catalogEnd(visibility, visibility.catalogKnownBefore) - 1);
}

export const CATALOG = 'catalog';

/** A topic is named after its producer. */
export function producerOf(topic: string): string {
  return topic.slice(0, topic.indexOf('.'));
}
