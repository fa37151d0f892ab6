import { instantOf, type Instant } from '@index766/kernel';

/** `[kind, occurredAt, recordedAt, marks, body]`; the sequence is the place in the list, from 1. */
type StoredFact = readonly [kind: string, occurredAt: number, recordedAt: number, marks: number, body: object];

const INFERRED = 1;
const BACKFILL = 2;

export interface PlainFact {
  readonly kind: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly sequence: number;
  readonly timeBasis: 'stated' | 'inferred';
  readonly backfill?: boolean;
  readonly body: object;
}

/** Facts as one JSON text: they are read and written whole, and no query looks into them. */
export function storedFacts(facts: readonly PlainFact[]): string {
  return JSON.stringify(facts.map(({ kind, occurredAt, recordedAt, timeBasis, backfill, body }): StoredFact =>
    [kind, occurredAt, recordedAt, (timeBasis === 'inferred' ? INFERRED : 0) | (backfill === true ? BACKFILL : 0), body]));
}

/** Takes what was stored for what it is: it was checked when it was accepted. */
export function reconstituteFacts(text: string, owner: object): readonly PlainFact[] {
  return (JSON.parse(text) as readonly StoredFact[]).map(([kind, occurredAt, recordedAt, marks, body], index) => ({
    ...owner, kind, body,
    occurredAt: instantOf(occurredAt), recordedAt: instantOf(recordedAt), sequence: index + 1,
    timeBasis: (marks & INFERRED) === 0 ? 'stated' : 'inferred',
    ...((marks & BACKFILL) === 0 ? {} : { backfill: true }),
  }));
}
