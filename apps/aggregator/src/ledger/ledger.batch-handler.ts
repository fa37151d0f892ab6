import { dossierTopic } from '@index766/contracts-dossiers';
import { foldDossier, type DossierView } from '@index766/dossier-life';
import { ok, type DossierId, type Result } from '@index766/kernel';
import {
  knownAtOf, type BatchHandler, type BatchResult, type Folded, type IncomingRecord, type PartitionWatermark,
} from '@index766/platform-kafka';

import { readDossierFact } from './fact-reader';
import { OpenHoles } from './holes';
import type { KnownFact } from './known-fact';
import type { FencedEntry, Ledger } from './ledger';
import { addFacts } from './ledger-entry';

export interface ArrivedFact {
  readonly known: KnownFact;
  readonly partition: number;
}

/** What the next stage does with the ledger's changes. */
export interface LedgerFollower {
  /** These partitions are owned now: take over their views before any of their facts is folded. */
  assigned(partitions: readonly number[]): Promise<void>;
  revoked(partitions: readonly number[]): void;
  /**
   * A batch was saved: the views of its dossiers, changed or not, repetitions included. Runs before the commit. `behind`:
   * how many records of the partition stand after it; with 0 everything has to be written when this resolves.
   */
  saved(partition: number, views: readonly DossierView[], behind: number): Promise<void>;
}

/**
 * Large chunks: the facts of a dossier stand close together in the log, and its document is read and written once for a
 * chunk, however many of them are in it. A chunk takes a tenth of a second, far less than a rebalance may wait.
 */
export const LEDGER_LIMITS = { maxBytesPerPartition: 1024 * 1024, maxBytes: 8 * 1024 * 1024, recordsPerChunk: 2_000 } as const;

/** Consumes the facts of dossiers into the ledger. Group `aggregator.ledger`. */
export class LedgerBatchHandler implements BatchHandler<ArrivedFact, FencedEntry> {
  readonly topics = [dossierTopic.name];
  /** Of the partitions that this member owns. */
  readonly holes = new OpenHoles();

  constructor(
    private readonly ledger: Ledger,
    private readonly follower: LedgerFollower,
  ) {}

  decode(record: IncomingRecord): Result<ArrivedFact> {
    const fact = readDossierFact(record);
    if (!fact.ok) return fact;
    const knownAt = knownAtOf(fact.value.recordedAt, record.knownAfter);
    return ok({ known: { fact: fact.value, knownAt }, partition: record.partition });
  }

  keyOf(item: ArrivedFact): string {
    return item.known.fact.dossier;
  }

  load(keys: readonly string[]): Promise<ReadonlyMap<string, FencedEntry>> {
    return this.ledger.findMany(keys as readonly DossierId[]);
  }

  fold(document: FencedEntry | undefined, items: readonly ArrivedFact[]): Folded<FencedEntry> {
    const [first] = items;
    if (first === undefined) return { document: undefined, outcomes: [] };
    const { entry, outcomes } = addFacts(document?.entry, first.known.fact.dossier, items.map((item) => item.known), foldDossier);
    const changed = entry !== undefined && entry !== document?.entry;
    return { document: changed ? { entry, rev: document?.rev ?? 0, partition: first.partition } : undefined, outcomes };
  }

  async save(documents: ReadonlyMap<string, FencedEntry>): Promise<readonly string[]> {
    return [...await this.ledger.saveMany([...documents.values()])];
  }

  after(batch: BatchResult<ArrivedFact, FencedEntry>): Promise<void> {
    const entries = batch.keys.flatMap(({ after }) => (after === undefined ? [] : [after.entry]));
    for (const { dossier, holes } of entries) this.holes.saved(batch.partition, dossier, holes);
    const views = entries.map(({ view }) => view);
    return this.follower.saved(batch.partition, views, batch.behind);
  }

  /** The log may end in a watermark: what a backlog left unwritten is written then, too. */
  onWatermark({ partition, behind }: PartitionWatermark): Promise<void> {
    return behind === 0 ? this.follower.saved(partition, [], behind) : Promise.resolve();
  }

  async onAssigned(partitions: readonly number[]): Promise<void> {
    for (const partition of partitions) this.holes.assigned(partition, await this.ledger.holesOfPartition(partition));
    await this.follower.assigned(partitions);
  }

  onRevoked(partitions: readonly number[]): void {
    this.holes.revoked(partitions);
    this.follower.revoked(partitions);
  }
}
