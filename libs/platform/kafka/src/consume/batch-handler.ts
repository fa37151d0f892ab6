import type { Result } from '@index766/kernel';
import type { IncomingRecord, PartitionWatermark } from './incoming-record';

/**
 * The work of one consumer group, as a plain provider. The runtime calls, per chunk of records of one partition number, of any of
 * its topics: decode → keyOf → load → fold → save (→ load → fold → save of lost keys) → after → onWatermark → commit.
 *
 * Everything may be called again for the same records (crash, rebalance, retry), so `fold` must recognise what a
 * document already has. Errors thrown by `load`, `save`, `after`, `onAssigned` and `onWatermark` mean "away" (the lane
 * is paused and retried for ever) unless the classifier takes them for a bug; errors thrown by `decode`, `keyOf` and
 * `fold` are bugs: after bounded tries the one record that causes it is dead-lettered.
 *
 * @typeParam Item what `decode` makes of a record
 * @typeParam Doc  the document that the items of one key are folded into
 */
export interface BatchHandler<Item, Doc> {
  /** Names of the topics; all topics of a group have the same number of partitions. */
  readonly topics: readonly string[];

  /**
   * Bytes → item. A refusal goes to the dead-letter topic with its code as the reason; `'ignored'` is for event types
   * that this consumer has decided not to read. Pure.
   */
  decode(record: IncomingRecord): Result<Item> | 'ignored';

  /** Id of the document that the item belongs to. Pure. */
  keyOf(item: Item): string;

  /** The documents of these distinct keys, by one query; a key without a document is absent. */
  load(keys: readonly string[]): Promise<ReadonlyMap<string, Doc>>;

  /**
   * Applies the items of one key, those of each topic in the order of its log; topics have no order among them. Pure: must not
   * change `document`. Returns one outcome per item.
   */
  fold(document: Doc | undefined, items: readonly Item[]): Folded<Doc>;

  /**
   * Writes changed documents, each compared with the revision it was loaded with, and returns the keys of those that
   * lost: they are loaded and folded again.
   */
  save(documents: ReadonlyMap<string, Doc>): Promise<readonly string[]>;

  /**
   * Runs after the save and before the commit, for every batch with items, duplicates included; also for the one without at the end
   * of the log if the last one was told that more was behind it.
   */
  after?(batch: BatchResult<Item, Doc>): Promise<void>;

  /** Runs before the commit when the batch had a watermark: the last one of each topic in the batch. */
  onWatermark?(watermark: PartitionWatermark): Promise<void>;

  /**
   * This member now owns these partition numbers; no record of them is worked on before it resolves. Called for all
   * owned partitions after every rebalance, as another member may have owned them in between; with none where nothing is owned.
   */
  onAssigned?(partitions: readonly number[]): Promise<void>;

  /** This member owns these no more: forget what was kept for them in memory. Synchronous, must not throw. */
  onRevoked?(partitions: readonly number[]): void;
}

export type ItemOutcome = 'applied' | 'duplicate' | 'conflict';

export interface Folded<Doc> {
  /** The new document, or undefined when nothing changed and nothing has to be saved. */
  readonly document: Doc | undefined;
  /** One for each item. A conflict (same sequence, other content) is dead-lettered and counted by the runtime. */
  readonly outcomes: readonly ItemOutcome[];
}

export interface BatchResult<Item, Doc> {
  readonly partition: number;
  /** Records of the handler's topics that are left in the partition, as far as the last fetch of each told: 0 at the end of the log. */
  readonly behind: number;
  readonly keys: readonly KeyResult<Item, Doc>[];
}

export interface KeyResult<Item, Doc> {
  readonly key: string;
  /** As loaded: undefined for a new key. */
  readonly before: Doc | undefined;
  /** As saved: the same object as `before` when nothing changed. */
  readonly after: Doc | undefined;
  /** `after` was written: the stored document is one revision further than `after` says. */
  readonly isChanged: boolean;
  readonly items: readonly { readonly item: Item; readonly outcome: ItemOutcome }[];
}
