import { applyCorrections } from './corrections';
import type { DossierFact } from './facts';
import { compareFacts } from './fold-order';
import { NONE_ACCEPTED, type AcceptedFacts, type UncountedFact } from './life';
import { firstRecordedEnd, isEndKind, movesEndEarlier } from './recorded-ends';

/** Facts as they count, and the marks of those that do not. */
export interface EffectiveFacts {
  readonly facts: readonly DossierFact[];
  readonly uncounted: readonly UncountedFact[];
}

/**
 * Each fact once, corrections applied, in fold order, without what was recorded too late to count: an end before the one
 * recorded first that no reviewer accepted, a refusal of a dossier that had been recorded as received.
 */
export function effectiveFacts(facts: readonly DossierFact[], acceptedFacts: AcceptedFacts = NONE_ACCEPTED): EffectiveFacts {
  const distinct = withoutRepetitions(facts);
  const first = firstRecordedEnd(distinct);
  const uncounted: UncountedFact[] = [];
  const counted = applyCorrections(distinct, first, uncounted, acceptedFacts).filter((fact) => {
    if (isEndKind(fact.kind) && movesEndEarlier(first, fact.recordedAt, fact.occurredAt)) {
      const accepted = acceptedFacts.has(fact.sequence);
      uncounted.push({ sequence: fact.sequence, reason: 'end-moved-earlier', accepted });
      return accepted;
    }
    if (fact.kind === 'dossier-refused' && distinct.some((other) => other.kind === 'dossier-received' && other.recordedAt < fact.recordedAt)) {
      uncounted.push({ sequence: fact.sequence, reason: 'impossible-in-status' });
      return false;
    }
    return true;
  });
  return { facts: counted.sort(compareFacts), uncounted };
}

function withoutRepetitions(facts: readonly DossierFact[]): readonly DossierFact[] {
  if (isStrictlyRecorded(facts)) return facts;
  const places = new Set<string>();
  // Sorted first: should one place ever hold two contents, every arrival order keeps the same of them.
  return [...facts].sort(compareFacts).filter(({ topic, sequence }) => {
    const place = `${topic} ${sequence}`;
    return places.has(place) ? false : places.add(place).size > 0;
  });
}

/** True for the usual case, facts of one topic by ascending sequence: nothing is there twice. */
function isStrictlyRecorded(facts: readonly DossierFact[]): boolean {
  for (let index = 1; index < facts.length; index += 1) {
    const before = facts[index - 1];
    const fact = facts[index];
    if (before === undefined || fact === undefined || fact.topic !== before.topic || fact.sequence <= before.sequence) return false;
  }
  return true;
}
