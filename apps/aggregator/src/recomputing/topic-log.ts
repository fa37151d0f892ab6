import type { IncomingRecord } from '@index766/platform-kafka';

export type TakeRecords = (records: readonly IncomingRecord[]) => void;

/** Port: topics as one account may read them, from their beginning to their ends as of the call. Rejects with a `MaintenanceFailure`. */
export interface TopicLog {
  /** Whether the account may read a topic. */
  mayRead(topic: string): Promise<boolean>;
  partitionsOf(topic: string): Promise<number>;
  /**
   * Records of one partition at a time in their order, watermarks among them.
   *
   * @param partition this one of each topic; absent: all
   */
  read(topics: readonly string[], take: TakeRecords, partition?: number): Promise<void>;
}
