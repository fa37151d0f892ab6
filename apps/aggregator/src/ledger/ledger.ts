import type { Instant, UnitCode } from '@index766/kernel';

import type { TopicHoles } from './holes';
import type { KnownFact } from './known-fact';
import type { LedgerEntry } from './ledger-entry';

/** An entry and the revision of the document it was read from; 0: there is none yet. */
export interface FencedEntry<View> {
  readonly entry: LedgerEntry<View>;
  readonly rev: number;
  readonly partition: number;
}

/** A view and the revision of the document that says it: while the document has that revision, it says this view. */
export interface StoredView<View> {
  readonly view: View;
  readonly rev: number;
}

/** Documents of a partition, some of them: each either says what was known of it or comes with its view. */
export interface ViewsPage<View> {
  /** Ids of those that the reader knows at the revision that they have. */
  readonly known: readonly string[];
  readonly stored: readonly StoredView<View>[];
}

/** The facts of an entry, before anything is folded. */
export interface FactsOfEntry {
  readonly id: string;
  /** Every unit that holds or held it, or that a fact names. */
  readonly units: readonly string[];
  readonly facts: readonly KnownFact[];
}

/** Port: where the entries of one ledger are kept. */
export interface Ledger<View> {
  /** The entries of these ids, by one query; absent ones are absent. */
  findMany(ids: readonly string[]): Promise<ReadonlyMap<string, FencedEntry<View>>>;
  /** Writes all in one bulk write; answers the ids of those that another writer was faster with. */
  saveMany(entries: readonly FencedEntry<View>[]): Promise<ReadonlySet<string>>;
  /** Every view of one partition, a page at a time. `isKnown`: of what its reader holds at that revision the id is enough. */
  viewsOfPartition(partition: number, isKnown?: (id: string, rev: number) => boolean): AsyncIterable<ViewsPage<View>>;
  /** The entries of one partition of which records are missing. */
  holesOfPartition(partition: number): Promise<readonly (readonly [string, readonly TopicHoles[]])[]>;
  /** Views of what these units hold or held, of the partitions that are not among `except`. */
  viewsOfUnits(units: readonly UnitCode[], except: readonly number[]): Promise<readonly View[]>;
  /** What this unit held or was said to hold, with every fact that is known, one entry after another. */
  factsOfUnit(unit: UnitCode): AsyncIterable<FactsOfEntry>;
  /** The units of these entries as `FactsOfEntry` has them; absent ones are absent. */
  unitsOf(ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Every entry of which records are missing, with its facts. */
  factsWithHoles(): Promise<readonly FactsOfEntry[]>;
  /** Views of what this unit held or was said to hold, of the facts that were known at K alone; without what was not known yet. */
  viewsKnownBy(unit: UnitCode, knownBy: Instant): Promise<readonly View[]>;
}
