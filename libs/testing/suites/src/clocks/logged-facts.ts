import { HEADER, decodeWatermark, isWatermark } from '@index766/contracts-envelope';
import { latest, parseInstant, type Instant } from '@index766/kernel';
import type { RawRecord } from '@index766/testing-integration';

/** A fact at its first place in the log. */
export interface LoggedFact {
  readonly id: string;
  readonly partition: number;
  readonly recordedAt: Instant;
  /** The highest watermark before it in its partition; undefined: there is none. */
  readonly after: Instant | undefined;
}

export interface Log {
  readonly facts: readonly LoggedFact[];
  /** The last watermark of each partition that has one. */
  readonly watermarks: ReadonlyMap<number, Instant>;
}

/**
 * Reads a topic as it lies there, on its own and without the consumer runtime: what it finds is what a consumer that reads
 * from the beginning has to find. Copies of a record count at their first place.
 */
export function readLog(records: readonly RawRecord[]): Log {
  const facts = new Map<string, LoggedFact>();
  const watermarks = new Map<number, Instant>();
  for (const record of records) {
    const { partition, headers } = record;
    const before = watermarks.get(partition);
    if (isWatermark(record)) {
      const stated = decodeWatermark(record);
      if (!stated.ok) throw new Error(`a watermark is not readable: ${stated.error.detail}`);
      watermarks.set(partition, before === undefined ? stated.value.recordedBefore : latest(before, stated.value.recordedBefore));
      continue;
    }
    const id = headers[HEADER.id] ?? '';
    const recordedAt = parseInstant(headers[HEADER.recordedTime] ?? '');
    if (recordedAt === undefined) throw new Error(`the record ${id} does not say when it was recorded`);
    if (!facts.has(id)) facts.set(id, { id, partition, recordedAt, after: before });
  }
  return { facts: [...facts.values()], watermarks };
}

/** When a fact counts as known by the log alone. */
export function knownAtByLog({ recordedAt, after }: LoggedFact): Instant {
  return after === undefined ? recordedAt : latest(recordedAt, after);
}
