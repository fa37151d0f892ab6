import type { Instant } from '@index766/kernel';

/** Of one slot: where its partitions ended at an instant. Every record below is reflected in the documents. */
export interface PositionEntry {
  readonly at: Instant;
  /** By topic: the offset of the next record. */
  readonly offsets: ReadonlyMap<string, bigint>;
  /** Written down when the last member had stopped: a copy of the database was not made in the middle of writes. */
  readonly isFinal: boolean;
}

/** The last one is the newest. */
export type PositionHistory = readonly PositionEntry[];

const MINUTE_MS = 60_000;
const BUCKET_MS = 15 * MINUTE_MS;
/**
 * Longer than a dump of the database takes from its first collection to its last. A dump copies one collection after
 * another: in a copy that was made while the service ran, the positions may be younger than the documents by so much.
 */
export const DUMP_MS = 30 * MINUTE_MS;
/** The same with room to spare, for a database that is known to be a copy. */
export const RESTORE_OVERLAP_MS = 360 * MINUTE_MS;

/** Adds an entry; of earlier ones it keeps one for each quarter of an hour, back to the newest that is older than the overlap. */
export function withPosition(history: PositionHistory, entry: PositionEntry): PositionHistory {
  const kept: PositionEntry[] = [];
  for (const each of history) {
    const last = kept.at(-1);
    if (last === undefined || bucketOf(last) !== bucketOf(each)) kept.push(each);
  }
  const oldEnough = kept.findLastIndex(({ at }) => entry.at - at >= RESTORE_OVERLAP_MS);
  return [...kept.slice(Math.max(0, oldEnough)), entry];
}

/**
 * Where a start begins to read: where the service ended when it stopped in order, else the time of a dump earlier. Undefined:
 * at the beginning, for nothing was written down so early.
 */
export function startPosition(history: PositionHistory): PositionEntry | undefined {
  return isFinal(history) ? history.at(-1) : positionBefore(history, DUMP_MS);
}

/** The newest entry that is older than the last one by `overlapMs`; undefined: the history does not reach so far back. */
export function positionBefore(history: PositionHistory, overlapMs: number): PositionEntry | undefined {
  const last = history.at(-1);
  return last && history.findLast(({ at }) => last.at - at >= overlapMs);
}

export function isFinal(history: PositionHistory): boolean {
  return history.at(-1)?.isFinal === true;
}

function bucketOf({ at }: PositionEntry): number {
  return Math.floor(at / BUCKET_MS);
}
