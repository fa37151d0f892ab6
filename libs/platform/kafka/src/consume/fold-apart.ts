import type { Folded, ItemOutcome } from './batch-handler';

type Fold<Item, Doc> = (document: Doc | undefined, items: readonly Item[]) => Folded<Doc>;

/** What became of the items of one key: an outcome, or the error that this item alone causes. */
export interface FoldedApart<Doc> {
  readonly document: Doc | undefined;
  readonly results: readonly (ItemOutcome | { readonly failure: unknown })[];
}

/** Folds all items at once; throws what `fold` throws, and an error if it does not answer for every item. */
export function foldTogether<Item, Doc>(fold: Fold<Item, Doc>, document: Doc | undefined, items: readonly Item[]): Folded<Doc> {
  const folded = fold(document, items);
  if (folded.outcomes.length !== items.length) throw new RangeError('fold has to answer with one outcome for each item');
  return folded;
}

/**
 * Folds the items of one key so that an item which makes `fold` throw fails alone: halves what fails until single items
 * are left, and goes on from the document of what went well. Order is kept.
 */
export function foldApart<Item, Doc>(fold: Fold<Item, Doc>, document: Doc | undefined, items: readonly Item[]): FoldedApart<Doc> {
  try {
    const folded = foldTogether(fold, document, items);
    return { document: folded.document, results: folded.outcomes };
  } catch (failure) {
    if (items.length <= 1) return { document: undefined, results: items.map(() => ({ failure })) };
    const middle = items.length >>> 1;
    const first = foldApart(fold, document, items.slice(0, middle));
    const second = foldApart(fold, first.document ?? document, items.slice(middle));
    return { document: second.document ?? first.document, results: [...first.results, ...second.results] };
  }
}
