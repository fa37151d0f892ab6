import type { MongoDatabase } from '../connection/mongo-database';
import type { MongoLog, RelayMetrics } from '../observation';

/** Where the outbox entries of one kind of aggregate lie (`AggregateStore.outbox`). */
export interface OutboxCollection {
  readonly collection: string;
}

export interface RelayRecord {
  readonly topic: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Uint8Array;
}

/** The way out: resolves when the broker has all of them, in order per key. platform-kafka's Publisher fits. */
export interface RecordSender {
  send(records: readonly RelayRecord[]): Promise<void>;
}

export interface RelayOptions {
  /** Names the leases; the same for all members of a service: `dossiers`. */
  readonly name: string;
  /** All have the same number of slots. */
  readonly outboxes: readonly OutboxCollection[];
  readonly slots: number;
  readonly sender: RecordSender;
  readonly log?: MongoLog;
  readonly metrics?: RelayMetrics;
  /** A dead member's slots are taken over after this time; default 6,000. */
  readonly leaseMs?: number;
  /** Between sweeps for entries that no wake-up announced; default 1,000. */
  readonly sweepMs?: number;
}

export interface RelayStatus {
  readonly running: boolean;
  readonly leasedSlots: readonly number[];
  readonly pendingEntries: number;
  readonly oldestPendingAgeSeconds: number;
  /** Why nothing moves at present. */
  readonly blockedBy: 'broker' | 'database' | undefined;
  /** An entry has waited for more than 5 minutes. */
  readonly overdue: boolean;
}

/** Carries outbox entries to the broker; several members share the slots by leases. */
export declare class Relay {
  constructor(database: MongoDatabase, options: RelayOptions);
  start(): Promise<void>;
  /** Ends the current round, gives the leases back. Bounded by `timeoutMs`, default 5,000. */
  stop(timeoutMs?: number): Promise<void>;
  /** Something was saved in these slots. Cheap; never throws. */
  wake(slots: Iterable<number>): void;
  status(): RelayStatus;
  /** Resolves when nothing of the leased slots is pending. */
  drained(timeoutMs: number): Promise<void>;
}
