import type { TopicContract } from '@index766/contracts-envelope';
import type { UnitCode } from '@index766/kernel';

import type { LedgerFact } from './known-fact';

/** What a ledger has an entry of each: cases, or petitions. Pure. */
export interface LedgerSubject<View> {
  /** Where its entries are kept. */
  readonly collection: string;
  /** Their records are keyed alike: by the id of an entry. */
  readonly topics: readonly TopicContract[];
  /** Facts of its topics that are about something else are ignored; all are about it if absent. */
  readonly isAbout?: (topic: string, fact: Pick<LedgerFact, 'kind'>) => boolean;
  /** Counted up whenever the view says more or otherwise than before: stored views of another form are folded anew. */
  readonly viewForm: number;
  /**
   * The view that facts fold to, the same for every order of them.
   *
   * @param facts at least one, all of them
   * @param before the view without the facts of `topics`, so that only what they say has to be folded again
   */
  readonly fold: (id: string, facts: readonly LedgerFact[], before?: FoldedBefore<View>) => View;
  readonly idOf: (view: View) => string;
  /** Every unit that holds or held it. */
  readonly unitsOf: (view: View) => ReadonlySet<UnitCode>;
  /** What is stored of a view; `toView` gives it back. */
  readonly toStored: (view: View) => object;
  readonly toView: (stored: object) => View;
}

export interface FoldedBefore<View> {
  readonly view: View;
  /** Of the facts that came since. */
  readonly topics: ReadonlySet<string>;
}
