import type { PartitionEnds } from '../topics/group-offsets';

/** A place in a topic: the offset of the next record. */
export interface PartitionPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

interface OpenPartition {
  readonly topic: string;
  readonly partition: number;
  readonly end: bigint;
  /** Offset of the next record that is wanted. */
  position: bigint;
  /** Offset of the last record that came. */
  lastSeen: bigint | undefined;
  /** The last record was asked for once more, to see that nothing comes behind it. */
  looksBack: boolean;
}

/** How far one reading is. Ends are those of its beginning: what is sent meanwhile is not waited for. */
export class ReadProgress {
  readonly #open = new Map<string, OpenPartition>();
  readonly #reached: readonly PartitionPosition[];
  #read = 0n;

  /** @param from offset to begin at; the oldest record that is kept for an undefined or an earlier one */
  constructor(ends: readonly PartitionEnds[], from: (topic: string, partition: number) => bigint | undefined) {
    this.#reached = ends.map(({ topic, partition, end }) => ({ topic, partition, offset: end }));
    for (const { topic, partition, start, end } of ends) {
      const wanted = from(topic, partition) ?? start;
      const position = wanted < start ? start : wanted;
      if (position < end) this.#open.set(keyOf(topic, partition), { topic, partition, end, position, lastSeen: undefined, looksBack: false });
    }
  }

  get isDone(): boolean {
    return this.#open.size === 0;
  }

  /** Records and gaps that were passed so far. */
  get read(): bigint {
    return this.#read;
  }

  /** Positions behind the last record that was to be read, for every partition. */
  get ends(): readonly PartitionPosition[] {
    return this.#reached;
  }

  /** Where each unfinished partition goes on: at its next record, or at its last one when it looks back. */
  get places(): readonly PartitionPosition[] {
    return [...this.#open.values()].map(({ topic, partition, position, lastSeen, looksBack }) => ({
      topic, partition, offset: looksBack && lastSeen !== undefined ? lastSeen : position,
    }));
  }

  /** Which of these offsets, in their order, are wanted and did not come before. */
  wanted<Message extends { readonly offset: string }>(topic: string, partition: number, messages: readonly Message[]): readonly Message[] {
    const open = this.#open.get(keyOf(topic, partition));
    if (!open) return [];
    return messages.filter(({ offset }) => BigInt(offset) >= open.position && BigInt(offset) < open.end);
  }

  /**
   * A batch has been taken care of. Its last offset may be that of a record that nobody gets to see (the end of a
   * transaction, an aborted one). Answers whether that was the end of the partition.
   */
  passed(topic: string, partition: number, lastSeen: string | undefined, lastOffset: string): boolean {
    const key = keyOf(topic, partition);
    const open = this.#open.get(key);
    if (!open) return false;
    const next = BigInt(lastOffset) + 1n;
    if (next > open.position) {
      this.#read += next - open.position;
      open.position = next;
      open.looksBack = false;
      if (lastSeen !== undefined) open.lastSeen = BigInt(lastSeen);
    }
    // A batch that begins at the last record and has nothing behind it: what lies there was compacted away.
    const isDone = open.position >= open.end || open.looksBack;
    if (isDone) this.#open.delete(key);
    return isDone;
  }

  /** Nothing comes any more, although partitions are not at their ends. False: none has a record to look back to. */
  lookBack(): boolean {
    for (const open of this.#open.values()) open.looksBack = open.lastSeen !== undefined;
    return [...this.#open.values()].some(({ looksBack }) => looksBack);
  }
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
