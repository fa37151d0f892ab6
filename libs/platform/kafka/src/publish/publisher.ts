import type { KafkaClient } from '../client/kafka-client';
import type { OutgoingRecord, RecordSender, VerbatimRecord } from './outgoing-record';

export interface PublisherOptions {
  readonly client: KafkaClient;
  readonly compression?: 'none' | 'gzip' | undefined;
}

export interface PublisherStatus {
  readonly state: 'idle' | 'connected' | 'recovering' | 'closed';
  readonly queuedRecords: number;
  /** Why records do not leave at present. */
  readonly blockedBy: string | undefined;
}

/** Sends records, one request at a time, each exactly once as long as its producer lives. */
export declare class Publisher implements RecordSender {
  constructor(options: PublisherOptions);
  send(records: readonly OutgoingRecord[]): Promise<void>;
  /** Passes records on byte for byte. */
  sendVerbatim(records: readonly VerbatimRecord[]): Promise<void>;
  status(): PublisherStatus;
  /** Sends what is queued, at most for `timeoutMs` (default 5,000); what is left is rejected. */
  close(timeoutMs?: number): Promise<void>;
}
