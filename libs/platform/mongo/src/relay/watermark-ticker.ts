import type { Instant } from '@index766/kernel';
import type { MongoDatabase } from '../connection/mongo-database';
import type { MongoLog } from '../observation';
import type { Relay } from './relay';

/** "All that I recorded before this instant stands before this record" in the partition with the slot's number. */
export interface SlotWatermark {
  readonly slot: number;
  readonly recordedBefore: Instant;
}

/** Sends one watermark to partition `slot` of each of the producer's topics. */
export interface WatermarkSender {
  sendWatermarks(watermarks: readonly SlotWatermark[]): Promise<void>;
}

export interface WatermarkTickerOptions {
  readonly relay: Relay;
  readonly sender: WatermarkSender;
  /** Longer than the longest write, decision to acknowledgement; default 30,000. */
  readonly graceMs?: number;
  /** Default 60,000. */
  readonly everyMs?: number;
  readonly log?: MongoLog;
}

export declare class WatermarkTicker {
  constructor(database: MongoDatabase, options: WatermarkTickerOptions);
  start(): void;
  /** Sends one for each leased slot now. */
  tick(): Promise<readonly SlotWatermark[]>;
  stop(): Promise<void>;
}
