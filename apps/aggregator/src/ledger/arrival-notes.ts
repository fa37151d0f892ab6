import { dossierTopic } from '@index766/contracts-dossiers';
import { earliest as earliestOf, instantOf, latest, type Instant } from '@index766/kernel';

import type { KnownFact } from './known-fact';

/** What a batch brought about one dossier or petition. */
export interface ArrivedEntry {
  readonly id: string;
  /** All that is known of it now. */
  readonly facts: readonly KnownFact[];
  /** What came, repetitions included. */
  readonly arrived: readonly KnownFact[];
}

/** When source systems were heard, and how far back what came reaches: by province. */
export interface Notes {
  /** Latest recording of a fact that a source stated, by province and source. */
  readonly heard: ReadonlyMap<string, { readonly root: string; readonly source: string; readonly heardAt: Instant }>;
  /** Earliest instant that anything which came says something of, by province. */
  readonly earliest: ReadonlyMap<string, Instant>;
}

/** Port: remembers notes. */
export interface ArrivalNotes {
  /**
   * When missing records that came late were known. Before the entries are saved: whoever then finds that nothing is missing of
   * them any more also finds since when, whatever crashes in between.
   */
  takeMended(entries: readonly Pick<ArrivedEntry, 'facts'>[]): Promise<void>;
  /** After they are saved. */
  take(entries: readonly ArrivedEntry[]): Promise<void>;
}

/** Of what nobody knows a unit of yet: it concerns every province. */
export const ANY_PROVINCE = '?';

/** What these say takes effect from the instant of what they are about (index-766.md §1): as far back as anything that is known of it. */
const LOOKING_BACK: ReadonlySet<string> = new Set(['dossier-corrected', 'dossier-voided', 'integrity-change-reviewed']);

/** A due instant is stated by the service that keeps dossiers, also when a source is silent. */
const STATED_BY_THE_SERVICE = 'due-date-set';

export function notesOf(entries: readonly ArrivedEntry[]): Notes {
  const heard = new Map<string, { root: string; source: string; heardAt: Instant }>();
  const earliest = new Map<string, Instant>();
  for (const { facts, arrived } of entries) {
    const { root, source } = ownerOf(facts);
    for (const { fact } of arrived) {
      // An end that lay ahead is flagged in the period in which it was recorded.
      const reach = LOOKING_BACK.has(fact.kind) ? firstOf(facts) : earliestOf(fact.occurredAt, fact.recordedAt);
      const before = earliest.get(root);
      if (before === undefined || reach < before) earliest.set(root, reach);
      if (source === undefined || fact.topic !== dossierTopic.name || fact.kind === STATED_BY_THE_SERVICE) continue;
      const key = `${root} ${source}`;
      const known = heard.get(key);
      if (known === undefined || fact.recordedAt > known.heardAt) heard.set(key, { root, source, heardAt: fact.recordedAt });
    }
  }
  return { heard, earliest };
}

/** When missing records that came late were known, by province. */
export function mendedIn(entries: readonly Pick<ArrivedEntry, 'facts'>[]): ReadonlyMap<string, Instant> {
  const mended = new Map<string, Instant>();
  for (const { facts } of entries) {
    const at = mendedAtOf(facts);
    if (at === null) continue;
    const { root } = ownerOf(facts);
    mended.set(root, latest(at, mended.get(root) ?? at));
  }
  return mended;
}

/**
 * When the last record was known that came behind later ones of its topic; null: each came in its turn. It follows from the facts
 * alone: before that instant one is missing, whoever reads them and however often.
 *
 * @param facts in the order of topic and sequence
 */
function mendedAtOf(facts: readonly KnownFact[]): Instant | null {
  let mendedAt: Instant | null = null;
  /** Of those that follow on the topic, the one that was known first. */
  let next: KnownFact | undefined;
  for (const known of facts.toReversed()) {
    if (next === undefined || next.fact.topic !== known.fact.topic || known.knownAt <= next.knownAt) next = known;
    else mendedAt = mendedAt === null ? known.knownAt : latest(mendedAt, known.knownAt);
  }
  return mendedAt;
}

function firstOf(facts: readonly KnownFact[]): Instant {
  return facts.reduce((first, { fact: { occurredAt } }) => (occurredAt < first ? occurredAt : first), facts[0]?.fact.occurredAt ?? instantOf(0));
}

/** The province is what stands before the first point of a unit's code (index-766.md §2). */
function ownerOf(facts: readonly KnownFact[]): { readonly root: string; readonly source: string | undefined } {
  let [root, source]: [string, string | undefined] = [ANY_PROVINCE, undefined];
  for (const { fact } of facts) {
    const body = fact.body as Readonly<Record<string, unknown>>;
    if (root === ANY_PROVINCE && typeof body['unit'] === 'string') root = body['unit'].split('.')[0] ?? ANY_PROVINCE;
    if (source === undefined && fact.topic === dossierTopic.name && typeof body['source'] === 'string') source = body['source'];
  }
  return { root, source };
}
