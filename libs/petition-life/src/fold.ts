import { compareText, latest, type Instant, type PetitionId } from '@index766/kernel';
import type { PetitionFact, PetitionFactKind, PetitionFactOf } from './facts';
import type { AnswerRating, PetitionHolder, PetitionView, Repetition, SupplementWait } from './view';

/** Place of each kind in a petition's life: decides between facts of one instant, so that causes come before effects. */
const LIFE_RANK = {
  'petition-received': 0,
  'petition-classified': 1,
  'petition-about-changed': 2,
  'petition-transferred': 3,
  'petition-supplement-requested': 4,
  'petition-supplement-completed': 5,
  'petition-refused': 6,
  'petition-answered': 7,
  'petition-published': 8,
  'answer-rated': 9,
  'petition-repeated': 10,
  'petition-repeat-withdrawn': 11,
} as const satisfies Record<PetitionFactKind, number>;

/** Of a petition of which nothing is known. */
export const UNKNOWN_PETITION: PetitionView = {
  receivedAt: null, class: null, holders: [], supplements: [], refusedAt: null, answeredAt: null, publishedAt: null, answerRatings: [],
  repetitions: [], about: {},
};

/**
 * Folds the facts about one petition. The facts are a set: their order in the array says nothing. Total: a fact that a
 * later-known one makes impossible (an answer after the refusal, a publication without an answer) is left out, never
 * thrown; what happened before the receipt counts as of the receipt.
 */
export function foldPetition(facts: readonly PetitionFact[]): PetitionView {
  if (facts.length === 0) return UNKNOWN_PETITION;
  const ordered = [...facts].sort(compareFacts);
  const received = ofKind(ordered, 'petition-received')[0];
  const receivedAt = received?.occurredAt ?? null;
  const end = firstEnd(ordered, receivedAt);
  const answeredAt = end?.kind === 'petition-answered' ? end.at : null;
  const published = ofKind(ordered, 'petition-published')[0];
  return {
    receivedAt,
    class: correctedClass(facts) ?? received?.body.class ?? null,
    holders: received === undefined ? [] : holdersOf(received, ofKind(ordered, 'petition-transferred')),
    supplements: supplementsOf(ordered, receivedAt, end?.at ?? null),
    refusedAt: end?.kind === 'petition-refused' ? end.at : null,
    answeredAt,
    publishedAt: answeredAt === null || published === undefined ? null : latest(published.occurredAt, answeredAt),
    answerRatings: answeredAt === null ? [] : ofKind(ordered, 'answer-rated').map(({ occurredAt, body }): AnswerRating => ({
      from: latest(occurredAt, answeredAt), satisfied: body.satisfied,
    })),
    repetitions: repetitionsOf(ordered),
    about: aboutOf(ordered),
  };
}

/** The fold order (architecture.md §2): instant, rank of the kind, natural key, then sequence. */
function compareFacts(a: PetitionFact, b: PetitionFact): number {
  return (
    a.occurredAt - b.occurredAt || LIFE_RANK[a.kind] - LIFE_RANK[b.kind] || compareText(naturalKeyOf(a), naturalKeyOf(b)) || a.sequence - b.sequence
  );
}

function naturalKeyOf(fact: PetitionFact): string {
  switch (fact.kind) {
    case 'petition-repeated':
    case 'petition-repeat-withdrawn':
      return fact.body.by;
    default:
      return '';
  }
}

function ofKind<Kind extends PetitionFactKind>(facts: readonly PetitionFact[], kind: Kind): readonly PetitionFactOf<Kind>[] {
  return facts.filter((fact): fact is PetitionFactOf<Kind> => fact.kind === kind);
}

/** Corrections apply in the order in which they were recorded. */
function correctedClass(facts: readonly PetitionFact[]) {
  return [...ofKind(facts, 'petition-classified')].sort((a, b) => a.sequence - b.sequence).at(-1)?.body.class;
}

function holdersOf(
  { occurredAt: receivedAt, body }: PetitionFactOf<'petition-received'>, transfers: readonly PetitionFactOf<'petition-transferred'>[],
): readonly PetitionHolder[] {
  const holders: PetitionHolder[] = [{ unit: body.unit, from: receivedAt }];
  for (const { occurredAt, body: { unit } } of transfers) {
    if (holders.at(-1)?.unit !== unit) holders.push({ unit, from: latest(occurredAt, receivedAt) });
  }
  return holders;
}

interface End {
  readonly kind: 'petition-refused' | 'petition-answered';
  readonly at: Instant;
}

/** The first end stands. */
function firstEnd(ordered: readonly PetitionFact[], receivedAt: Instant | null): End | null {
  for (const { kind, occurredAt } of ordered) {
    if (kind === 'petition-refused' || kind === 'petition-answered') return { kind, at: notBefore(receivedAt, occurredAt) };
  }
  return null;
}

/** An end closes an open wait; what is asked for or completed afterwards changes nothing. */
function supplementsOf(ordered: readonly PetitionFact[], receivedAt: Instant | null, endedAt: Instant | null): readonly SupplementWait[] {
  const waits: SupplementWait[] = [];
  let from: Instant | null = null;
  for (const { kind, occurredAt } of ordered) {
    if (kind === 'petition-refused' || kind === 'petition-answered') break;
    if (kind === 'petition-supplement-requested') from ??= notBefore(receivedAt, occurredAt);
    else if (kind === 'petition-supplement-completed' && from !== null) {
      waits.push({ from, to: notBefore(receivedAt, occurredAt) });
      from = null;
    }
  }
  return from === null ? waits : [...waits, { from, to: endedAt }];
}

function repetitionsOf(ordered: readonly PetitionFact[]): readonly Repetition[] {
  const spans: Repetition[] = [];
  const open = new Map<PetitionId, Instant>();
  for (const fact of ordered) {
    if (fact.kind === 'petition-repeated') {
      if (!open.has(fact.body.by)) open.set(fact.body.by, fact.occurredAt);
    } else if (fact.kind === 'petition-repeat-withdrawn') {
      const from = open.get(fact.body.by);
      open.delete(fact.body.by);
      if (from !== undefined && fact.occurredAt > from) spans.push({ by: fact.body.by, from, to: fact.occurredAt });
    }
  }
  for (const [by, from] of open) spans.push({ by, from, to: null });
  return spans.sort((a, b) => compareText(a.by, b.by) || a.from - b.from);
}

function aboutOf(ordered: readonly PetitionFact[]) {
  for (const fact of ordered.toReversed()) {
    if (fact.kind === 'petition-received' || fact.kind === 'petition-about-changed') return fact.body.about ?? {};
  }
  return {};
}

function notBefore(receivedAt: Instant | null, instant: Instant): Instant {
  return receivedAt === null ? instant : latest(receivedAt, instant);
}
