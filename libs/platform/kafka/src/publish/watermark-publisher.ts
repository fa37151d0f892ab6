import { encodeWatermark } from '@index766/contracts-envelope';
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
export class WatermarkPublisher {
  constructor(private readonly options: WatermarkPublisherOptions) {}

  /** Resolves when all are in their partitions, behind what the same sender was given before. */
  async sendWatermarks(watermarks: readonly { readonly slot: number; readonly recordedBefore: Instant }[]): Promise<void> {
    const { sender, producer, topics } = this.options;
    const records = watermarks.flatMap(({ slot, recordedBefore }) => {
      const record = encodeWatermark(producer, recordedBefore);
      return topics.map((topic) => ({ ...record, topic, partition: slot }));
    });
    await sender.send(records);
  }
}
