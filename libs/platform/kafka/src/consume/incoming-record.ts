import type { RawHeaders } from '@index766/contracts-envelope';
import type { Instant } from '@index766/kernel';

/** A record as a handler's `decode` gets it: as it came from the broker, so that `decodeRecord` takes it as it is. */
export interface IncomingRecord {
  readonly topic: string;
  /** Also the number of the lane that works on it. */
  readonly partition: number;
  /** Decimal, as Kafka counts. */
  readonly offset: string;
  readonly key: Buffer | null;
  readonly headers: RawHeaders;
  readonly value: Buffer | null;
  /**
   * The last watermark that stands before this record in its partition: everything its producer recorded before that
   * instant stands before this record too. Undefined before the first watermark.
   */
  readonly knownAfter: Instant | undefined;
}

/** A watermark record as it was found in a partition. */
export interface PartitionWatermark {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly recordedBefore: Instant;
  /** As in the result of a batch: 0 at the end of the log. */
  readonly behind: number;
}
