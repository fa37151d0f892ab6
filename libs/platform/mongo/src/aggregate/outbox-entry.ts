/** Largest value of one record. */
export const RECORD_LIMIT_BYTES = 64 * 1024;

/** One record that leaves with the document's write: final, validated bytes (value ≤ 64 kB). */
export interface OutboxRecord {
  readonly topic: string;
  readonly key: string;
  /** Number of the record among those of its key in its topic. */
  readonly sequence: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null is the tombstone of a compacted topic. */
  readonly value: Uint8Array | null;
}

/** As it lies in the document. */
export interface OutboxEntry extends Omit<OutboxRecord, 'headers'> {
  /** The document's version that brought it: what was sent is told apart by it. */
  readonly version: number;
  /** As one JSON text: a dozen fields would cost more to write and to read than all the rest of the entry. */
  readonly headers: string;
}

export function toEntry(record: OutboxRecord, version: number): OutboxEntry {
  const { topic, key, sequence, headers, value } = record;
  const bytes = value?.byteLength ?? 0;
  if (bytes > RECORD_LIMIT_BYTES) {
    throw new RangeError(`a record for ${topic} has ${bytes} bytes, more than ${RECORD_LIMIT_BYTES}`);
  }
  return { version, topic, key, sequence, headers: JSON.stringify(headers), value };
}

export function headersOf(entry: Pick<OutboxEntry, 'headers'>): Readonly<Record<string, string>> {
  return JSON.parse(entry.headers) as Readonly<Record<string, string>>;
}
