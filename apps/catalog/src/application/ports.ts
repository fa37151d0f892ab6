import type { Instant, OfficerPseudonym, Refusal, Result, UnitCode } from '@index766/kernel';

import type { DecidedOfficer } from '../domain/decide-officer';
import type { Officer } from '../domain/officer';
import type { History, Recorded } from '../domain/versions';

export interface Clock {
  now(): Instant;
}

/** A part of a longer list, in the order of keys. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Key to go on after; null at the end of the list. */
  readonly next: string | null;
}

/**
 * Every version of one kind of reference record, by key. What is recorded leaves for the topic with the same write.
 * Each method rejects when the database is away.
 */
export interface ReferenceRepository<Content> {
  find(key: string): Promise<History<Content> | undefined>;
  /** Keys that are not recorded are absent. */
  findMany(keys: readonly string[]): Promise<ReadonlyMap<string, History<Content>>>;
  /** The next `limit` keys after `after`, of all or of those that match the filter. */
  page(query: PageQuery): Promise<Page<readonly [key: string, History<Content>]>>;
  /**
   * Decides against the history that is stored, again if another writer was faster, and stores the version that was
   * decided. Also refuses AGGREGATE.CONTENDED and OUTBOX.FULL: try later.
   */
  record<Fault>(
    key: string, decide: (history: History<Content>) => Result<Recorded<Content> | undefined, Fault>,
  ): Promise<Result<Recorded<Content> | undefined, Fault | Refusal>>;
  /** The same for several keys at once; answers how many versions were added. Interrupted, it may be repeated. */
  recordMany<Fault>(
    keys: readonly string[],
    decide: (histories: ReadonlyMap<string, History<Content>>) => Result<ReadonlyMap<string, readonly Recorded<Content>[]>, Fault>,
  ): Promise<Result<number, Fault | Refusal>>;
}

export interface PageQuery {
  readonly after?: string | undefined;
  readonly limit: number;
  /** Only keys that begin so. */
  readonly prefix?: string | undefined;
  /** A field of the content that at least one version has with this value. */
  readonly having?: { readonly field: string; readonly value: string } | undefined;
}

/** An officer as it was read; `place` is what a later save is compared with, and nobody else's to look at. */
export interface StoredOfficer {
  readonly officer: Officer;
  readonly place: object;
}

/** Officers by pseudonym. What readers are to be told leaves for the topic with the same write. */
export interface OfficerRepository {
  find(pseudonym: OfficerPseudonym): Promise<Officer | undefined>;
  /** Whether others are merged into this one. */
  hasMerged(pseudonym: OfficerPseudonym): Promise<boolean>;
  page(query: { readonly unit?: UnitCode | undefined; readonly after?: string | undefined; readonly limit: number }): Promise<
    Page<readonly [pseudonym: OfficerPseudonym, officer: Officer]>
  >;
  record(
    pseudonym: OfficerPseudonym, decide: (officer: Officer | undefined) => Result<DecidedOfficer | undefined>,
  ): Promise<Result<Officer>>;
  loadMany(pseudonyms: readonly string[]): Promise<ReadonlyMap<string, StoredOfficer>>;
  /** Answers those that another writer was faster with; rejects when too much waits for the broker. */
  saveMany(changes: ReadonlyMap<string, { readonly decided: DecidedOfficer; readonly place: object | undefined }>): Promise<readonly string[]>;
}
