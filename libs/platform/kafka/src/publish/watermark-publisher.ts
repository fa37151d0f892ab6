import type { Instant } from '@index766/kernel';
import type { RecordSender } from './outgoing-record';

export interface WatermarkPublisherOptions {
  readonly sender: RecordSender;
  /** The service whose promise it is: `dossiers`. */
  readonly producer: string;
  /** The producer's topics that have one partition for each slot. */
  readonly topics: readonly string[];
}

/** Adapter for the relay's watermarks: one record to partition `slot` of each topic. */
export declare class WatermarkPublisher {
  constructor(options: WatermarkPublisherOptions);
  sendWatermarks(watermarks: readonly { readonly slot: number; readonly recordedBefore: Instant }[]): Promise<void>;
}
