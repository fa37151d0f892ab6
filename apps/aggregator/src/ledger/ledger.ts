import type { DossierView } from '@index766/dossier-life';
import type { DossierId, UnitCode } from '@index766/kernel';

import type { TopicHoles } from './holes';
import type { LedgerEntry } from './ledger-entry';

/** An entry and the revision of the document it was read from; 0: there is none yet. */
export interface FencedEntry {
  readonly entry: LedgerEntry;
  readonly rev: number;
  readonly partition: number;
}

/** Port: where the ledger's entries are kept. */
export interface Ledger {
  /** The entries of these dossiers, by one query; absent ones are absent. */
  findMany(dossiers: readonly DossierId[]): Promise<ReadonlyMap<string, FencedEntry>>;
  /** Writes all in one bulk write; answers the ids of those that another writer was faster with. */
  saveMany(entries: readonly FencedEntry[]): Promise<ReadonlySet<string>>;
  /** Every view of one partition, a page at a time. */
  viewsOfPartition(partition: number): AsyncIterable<readonly DossierView[]>;
  /** The dossiers of one partition of which records are missing. */
  holesOfPartition(partition: number): Promise<readonly (readonly [DossierId, readonly TopicHoles[]])[]>;
  /** Views of dossiers that these units hold or held, of the partitions that are not among `except`. */
  viewsOfUnits(units: readonly UnitCode[], except: readonly number[]): Promise<readonly DossierView[]>;
}
