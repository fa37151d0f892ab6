import type { Instant } from '@index766/kernel';

/** A fact of any topic as the ledger keeps it. What its body says is the matter of the library that folds its kind. */
export interface LedgerFact {
  readonly topic: string;
  /** Place among the records of its key on the topic, from 1 without gaps. */
  readonly sequence: number;
  readonly kind: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly timeBasis: 'stated' | 'inferred';
  readonly backfill?: boolean;
  readonly body: object;
}

/** A fact and when it counts as known (`knownAtOf` of platform-kafka). */
export interface KnownFact {
  readonly fact: LedgerFact;
  readonly knownAt: Instant;
}
