import type { Result } from '@index766/kernel';
import type { BatchHandler, BatchResult, Folded, IncomingRecord, PartitionWatermark } from '@index766/platform-kafka';

import type { ArrivalNotes } from './arrival-notes';
import { readArrivedFact, type ArrivedFact } from './fact-reader';
import { OpenHoles } from './holes';
import type { FencedEntry, Ledger, StoredView } from './ledger';
import { addFacts } from './ledger-entry';
import type { LedgerSubject } from './ledger-subject';
import { RecentEntries } from './recent-entries';

/** What the next stage does with a ledger's changes. */
export interface LedgerFollower<View> {
  /** These partitions are owned now: take over their views before any of their facts is folded. */
  assigned(partitions: readonly number[]): Promise<void>;
  revoked(partitions: readonly number[]): void;
  /**
   * A batch was saved: the views of its entries, changed or not, repetitions included, each with the revision that its document has
   * now. Runs before the commit. `behind`: how many records of the ledger's topics in the partition stand after it; with 0 everything
   * has to be written when this resolves.
   */
  saved(partition: number, views: readonly StoredView<View>[], behind: number): Promise<void>;
}

/**
 * Large chunks: the facts of a dossier stand close together in the logs, and its document is read and written once for a
 * chunk, however many of them are in it, of whatever topics. The broker fills a fetch with partitions in any order: it has to be large
 * for all topics of a lane to be in it (ADR 0200). A chunk takes less than a second, and a rebalance waits longer.
 */
export const LEDGER_LIMITS = { maxBytesPerPartition: 1024 * 1024, maxBytes: 24 * 1024 * 1024, recordsPerChunk: 4_000 } as const;

/**
 * Keeps one ledger from the topics of its subject: partition p of all of them is one lane of one member, so that facts
 * about one key never meet. Group `aggregator.ledger`.
 */
export class LedgerBatchHandler<View> implements BatchHandler<ArrivedFact, FencedEntry<View>> {
  readonly topics: readonly string[];
  /** Of the partitions that this member owns. */
  readonly holes = new OpenHoles();
  private readonly recent: RecentEntries<View>;

  constructor(
    private readonly subject: LedgerSubject<View>,
    private readonly ledger: Ledger<View>,
    private readonly follower: LedgerFollower<View>,
    private readonly arrivals: ArrivalNotes,
  ) {
    this.topics = subject.topics.map(({ name }) => name);
    this.recent = new RecentEntries(ledger);
  }

  decode(record: IncomingRecord): Result<ArrivedFact> | 'ignored' {
    return readArrivedFact(this.subject, record);
  }

  keyOf({ id }: ArrivedFact): string {
    return id;
  }

  load(keys: readonly string[]): Promise<ReadonlyMap<string, FencedEntry<View>>> {
    return this.recent.findMany(keys);
  }

  fold(document: FencedEntry<View> | undefined, items: readonly ArrivedFact[]): Folded<FencedEntry<View>> {
    const [first] = items;
    if (first === undefined) return { document: undefined, outcomes: [] };
    const { entry, outcomes } = addFacts(document?.entry, first.id, items.map(({ known }) => known), this.subject);
    const changed = entry !== undefined && entry !== document?.entry;
    return { document: changed ? { entry, rev: document?.rev ?? 0, partition: first.partition } : undefined, outcomes };
  }

  async save(documents: ReadonlyMap<string, FencedEntry<View>>): Promise<readonly string[]> {
    const saved = [...documents.values()];
    await this.arrivals.takeMended(saved.map(({ entry }) => entry));
    return [...await this.recent.saveMany(saved)];
  }

  async after(batch: BatchResult<ArrivedFact, FencedEntry<View>>): Promise<void> {
    const saved = batch.keys.flatMap(({ after, isChanged }) => (after === undefined ? [] : [{ entry: after.entry, rev: isChanged ? after.rev + 1 : after.rev }]));
    for (const { entry: { id, holes } } of saved) this.holes.saved(batch.partition, id, holes);
    await this.arrivals.take(batch.keys.flatMap(({ after, items }) => (after === undefined ? [] : [{
      id: after.entry.id, facts: after.entry.facts, arrived: items.map(({ item }) => item.known),
    }])));
    await this.follower.saved(batch.partition, saved.map(({ entry: { view }, rev }) => ({ view, rev })), batch.behind);
  }

  /** The log may end in a watermark: what a backlog left unwritten is written then, too. */
  onWatermark({ partition, behind }: PartitionWatermark): Promise<void> {
    return behind === 0 ? this.follower.saved(partition, [], behind) : Promise.resolve();
  }

  async onAssigned(partitions: readonly number[]): Promise<void> {
    this.recent.forgetAll();
    for (const partition of partitions) this.holes.assigned(partition, await this.ledger.holesOfPartition(partition));
    await this.follower.assigned(partitions);
  }

  /** Documents were repaired behind this member's back. */
  takeAgain(): Promise<void> {
    this.recent.forgetAll();
    return Promise.resolve();
  }

  onRevoked(partitions: readonly number[]): void {
    this.holes.revoked(partitions);
    this.follower.revoked(partitions);
  }
}
