import { decodeWatermark, headerText, isWatermark, type RawRecord } from '@index766/contracts-envelope';
import { formatInstant, latest, parseInstant, type Instant } from '@index766/kernel';
import { BEFORE_ANY_WATERMARK, REPLAY_KNOWN_AFTER } from '../dead-letters/dead-letter';

/** A record of the log with the last watermark before it; `watermark` when it is one itself. */
export interface Placed<Raw extends RawRecord> {
  readonly raw: Raw;
  readonly knownAfter: Instant | undefined;
  readonly watermark: Instant | undefined;
}

/**
 * Goes through records of one partition in their order. `before` is the last watermark in front of the first of them. A
 * watermark never goes back: a producer whose clock did promises no less than before. An unreadable one says nothing
 * and is left for `decode`, which refuses it.
 */
export function placeRecords<Raw extends RawRecord>(records: readonly Raw[], before: Instant | undefined): readonly Placed<Raw>[] {
  let last = before;
  return records.map((raw) => {
    const decoded = isWatermark(raw) ? decodeWatermark(raw) : undefined;
    if (decoded?.ok !== true) return { raw, knownAfter: knownAfterOf(raw, last), watermark: undefined };
    const knownAfter = last;
    last = last === undefined ? decoded.value.recordedBefore : latest(last, decoded.value.recordedBefore);
    return { raw, knownAfter, watermark: last };
  });
}

function knownAfterOf(raw: RawRecord, last: Instant | undefined): Instant | undefined {
  const ofFirstCopy = headerText(raw.headers, REPLAY_KNOWN_AFTER);
  if (ofFirstCopy === undefined) return last;
  return ofFirstCopy === BEFORE_ANY_WATERMARK ? undefined : (parseInstant(ofFirstCopy) ?? last);
}

/**
 * When a fact counts as known: at its recording or at the last watermark before its first copy in the log, whichever is
 * later. The log decides, so that no clock can slip a fact into a closed week (architecture: watermarks).
 */
export function knownAtOf(recordedAt: Instant, knownAfter: Instant | undefined): Instant {
  return knownAfter === undefined ? recordedAt : latest(recordedAt, knownAfter);
}

const METADATA_PREFIX = 'watermark=';

/**
 * The last watermark travels with the committed offset, in its metadata: position and watermark cannot part, whatever
 * crashes in between, and whoever goes back to an earlier position meets the watermarks again.
 */
export function toCommitMetadata(watermark: Instant | undefined): string {
  return watermark === undefined ? '' : `${METADATA_PREFIX}${formatInstant(watermark)}`;
}

/** Undefined for a position without a watermark, or one that somebody else's tool set. */
export function fromCommitMetadata(metadata: string | null): Instant | undefined {
  return metadata?.startsWith(METADATA_PREFIX) === true ? parseInstant(metadata.slice(METADATA_PREFIX.length)) : undefined;
}
