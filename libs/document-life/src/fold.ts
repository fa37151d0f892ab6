import type { Instant } from '@index766/kernel';
import type { DocumentFact } from './facts';
import { firstOf, statementsOf } from './statements';
import { INSTANT_OF_KIND, NO_DOCUMENTS, type DocumentView } from './view';

/**
 * Folds the facts about one dossier's papers. The facts are a set: their order in the array says nothing. Total: a
 * signature of a result that was never issued counts as what it is.
 */
export function foldDocuments(facts: readonly DocumentFact[]): DocumentView {
  if (facts.length === 0) return NO_DOCUMENTS;
  const view: Record<keyof DocumentView, Instant | null> = { ...NO_DOCUMENTS };
  for (const { kind, at } of statementsOf(facts)) {
    const name = INSTANT_OF_KIND[kind];
    view[name] = firstOf(view[name], at);
  }
  return view;
}
