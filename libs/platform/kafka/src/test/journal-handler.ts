import { ok, refused } from '@index766/kernel';
import type { BatchHandler, BatchResult, Folded, ItemOutcome } from '../consume/batch-handler';
import type { IncomingRecord, PartitionWatermark } from '../consume/incoming-record';

/** What the specs send: the n-th fact of a key, with a text. */
export interface Fact {
  readonly topic: string;
  readonly key: string;
  readonly sequence: number;
  readonly text: string;
  readonly knownAfter: number | undefined;
}

/** The document of a key: its facts in the order they were applied. */
export interface Journal {
  readonly rev: number;
  readonly facts: readonly Fact[];
}

/** What several members of a group share, as they would a database: documents with a fence. */
export class JournalStore {
  readonly journals = new Map<string, Journal>();
  readonly watermarks: PartitionWatermark[] = [];
  /** Save calls that lost a document. */
  lost = 0;

  /** As `topic/key/sequence`, sorted by place in the journal of the key. */
  textsOf(key: string): readonly string[] {
    return (this.journals.get(key)?.facts ?? []).map(({ text }) => text);
  }

  get facts(): readonly Fact[] {
    return [...this.journals.values()].flatMap((journal) => journal.facts);
  }
}

/** Where a spec makes the handler fail: throw what the step shall throw. */
export type Faults = Partial<{
  decode: (record: IncomingRecord) => void;
  load: (keys: readonly string[]) => void;
  fold: (facts: readonly Fact[]) => void;
  save: (documents: ReadonlyMap<string, Journal>) => void;
  after: (batch: BatchResult<Fact, Journal>) => void;
  onAssigned: (partitions: readonly number[]) => void;
}>;

/** Keeps facts by key and sequence; the same sequence with another text is a conflict. */
export class JournalHandler implements BatchHandler<Fact, Journal> {
  faults: Faults = {};
  readonly assignments: (readonly number[])[] = [];
  readonly revocations: (readonly number[])[] = [];
  /** Partition of every batch that `after` saw. */
  readonly batches: BatchResult<Fact, Journal>[] = [];

  constructor(
    readonly topics: readonly string[],
    readonly store: JournalStore = new JournalStore(),
  ) {}

  decode(record: IncomingRecord) {
    this.faults.decode?.(record);
    const [sequence, text] = record.value?.toString('utf8').split(':') ?? [];
    if (text === 'ignore me') return 'ignored' as const;
    if (record.key === null || sequence === undefined || text === undefined) return refused('CONTRACT.NOT_A_FACT', 'the value is no fact', 'value');
    return ok({ topic: record.topic, key: record.key.toString('utf8'), sequence: Number(sequence), text, knownAfter: record.knownAfter });
  }

  keyOf({ key }: Fact): string {
    return key;
  }

  load(keys: readonly string[]): Promise<ReadonlyMap<string, Journal>> {
    return Promise.resolve().then(() => {
      this.faults.load?.(keys);
      return new Map(keys.flatMap((key) => {
        const journal = this.store.journals.get(key);
        return journal ? [[key, journal] as const] : [];
      }));
    });
  }

  fold(journal: Journal | undefined, facts: readonly Fact[]): Folded<Journal> {
    this.faults.fold?.(facts);
    const kept = [...(journal?.facts ?? [])];
    const outcomes = facts.map((fact): ItemOutcome => {
      const known = kept.find(({ topic, sequence }) => topic === fact.topic && sequence === fact.sequence);
      if (known) return known.text === fact.text ? 'duplicate' : 'conflict';
      kept.push(fact);
      return 'applied';
    });
    return { document: outcomes.includes('applied') ? { rev: journal?.rev ?? 0, facts: kept } : undefined, outcomes };
  }

  save(documents: ReadonlyMap<string, Journal>): Promise<readonly string[]> {
    return Promise.resolve().then(() => {
      this.faults.save?.(documents);
      return [...documents].flatMap(([key, { rev, facts }]) => {
        if ((this.store.journals.get(key)?.rev ?? 0) !== rev) {
          this.store.lost += 1;
          return [key];
        }
        this.store.journals.set(key, { rev: rev + 1, facts });
        return [];
      });
    });
  }

  after(batch: BatchResult<Fact, Journal>): Promise<void> {
    return Promise.resolve().then(() => {
      this.faults.after?.(batch);
      this.batches.push(batch);
    });
  }

  onWatermark(watermark: PartitionWatermark): Promise<void> {
    this.store.watermarks.push(watermark);
    return Promise.resolve();
  }

  onAssigned(partitions: readonly number[]): Promise<void> {
    return Promise.resolve().then(() => {
      this.faults.onAssigned?.(partitions);
      this.assignments.push(partitions);
    });
  }

  onRevoked(partitions: readonly number[]): void {
    this.revocations.push(partitions);
  }
}
