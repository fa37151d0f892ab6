import { holesIn, type TopicHoles } from './holes';
import type { KnownFact, LedgerFact } from './known-fact';
import type { LedgerSubject } from './ledger-subject';

/** More facts than any dossier has: a source that sends more is broken, and one document must stay small. */
export const MOST_FACTS_PER_ENTRY = 1_000;

/** Everything known of one dossier or petition: its facts as a set, and the view that they fold to. */
export interface LedgerEntry<View> {
  readonly id: string;
  /** In the order of topic and sequence, whatever order they arrived in. */
  readonly facts: readonly KnownFact[];
  readonly view: View;
  /** What is missing of it; holds the closing of a week. */
  readonly holes: readonly TopicHoles[];
}

export type FactOutcome = 'applied' | 'duplicate' | 'conflict';

/**
 * Adds facts to an entry. The ledger is a set keyed by (topic, sequence): a known fact is a duplicate, another content
 * under a known sequence is a conflict and changes nothing, a fact above a gap counts at once. The entry that comes
 * back is the same for every order and grouping of the same facts, and is the given one if nothing was applied.
 */
export function addFacts<View>(
  entry: LedgerEntry<View> | undefined,
  id: string,
  arrived: readonly KnownFact[],
  { fold }: Pick<LedgerSubject<View>, 'fold'>,
): { readonly entry: LedgerEntry<View> | undefined; readonly outcomes: readonly FactOutcome[] } {
  const known = new Map((entry?.facts ?? []).map((each) => [placeOf(each.fact), each]));
  const topics = new Set<string>();
  const outcomes = arrived.map((each): FactOutcome => {
    const place = placeOf(each.fact);
    const first = known.get(place);
    if (first !== undefined) return contentOf(first.fact) === contentOf(each.fact) ? 'duplicate' : 'conflict';
    if (known.size >= MOST_FACTS_PER_ENTRY) throw new Error('LEDGER.TOO_MANY_FACTS');
    known.set(place, each);
    topics.add(each.fact.topic);
    return 'applied';
  });
  if (topics.size === 0) return { entry, outcomes };
  const facts = [...known.values()].sort(compareByPlace);
  const view = fold(id, facts.map(({ fact }) => fact), entry && { view: entry.view, topics });
  return { entry: { id, facts, view, holes: holesIn(facts) }, outcomes };
}

function placeOf(fact: LedgerFact): string {
  return `${fact.topic} ${fact.sequence}`;
}

function compareByPlace(a: KnownFact, b: KnownFact): number {
  if (a.fact.topic !== b.fact.topic) return a.fact.topic < b.fact.topic ? -1 : 1;
  return a.fact.sequence - b.fact.sequence;
}

/** Equal texts mean equal facts: keys sorted, so that neither database nor producer decides by their order. */
function contentOf(fact: LedgerFact): string {
  const { kind, occurredAt, recordedAt, timeBasis, body } = fact;
  const sorted = Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([kind, occurredAt, recordedAt, timeBasis, fact.backfill === true, sorted]);
}
