import { instantOf } from '@index766/kernel';

import type { KnownFact } from '../known-fact';

/** A fact as the first versions stored it: a small document of its own. Nothing writes this form any more. */
export interface EarlierStoredFact {
  readonly kind: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly knownAt: Date;
  readonly topic: string;
  readonly sequence: number;
  readonly inferred?: true;
  readonly backfill?: true;
  readonly body: object;
}

export function fromEarlierForm(stored: EarlierStoredFact): KnownFact {
  const fact = {
    kind: stored.kind,
    occurredAt: instantOf(stored.occurredAt.getTime()),
    recordedAt: instantOf(stored.recordedAt.getTime()),
    topic: stored.topic,
    sequence: stored.sequence,
    timeBasis: stored.inferred === true ? 'inferred' as const : 'stated' as const,
    ...(stored.backfill === true ? { backfill: true } : {}),
    body: stored.body,
  };
  return { fact, knownAt: instantOf(stored.knownAt.getTime()) };
}
