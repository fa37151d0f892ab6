import type { RawHeaders } from '@index766/contracts-envelope';

/**
 * A record on its way out, final bytes. The key is the aggregate's id and has to be there: a record without a key has
 * no order. `value: null` is the tombstone of a compacted topic.
 */
export interface OutgoingRecord {
  readonly topic: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Uint8Array | null;
  /** Absent = the partition of the key (`partitionOf`). */
  readonly partition?: number | undefined;
}

/** A record passed on byte for byte (dead letters and their replay): it may have no key and headers that are no text. */
export interface VerbatimRecord {
  readonly topic: string;
  readonly key: Uint8Array | null;
  readonly headers: RawHeaders;
  readonly value: Uint8Array | null;
  readonly partition?: number | undefined;
}

/** The port that a relay or a handler sends through; `Publisher` is the adapter. */
export interface RecordSender {
  /**
   * Resolves when the broker has every record, in the given order per partition. Rejects with a `PublishError`: its
   * `retriable` tells whether sending the same again can help; records may then stand in the topic once or twice.
   */
  send(records: readonly OutgoingRecord[]): Promise<void>;
}
