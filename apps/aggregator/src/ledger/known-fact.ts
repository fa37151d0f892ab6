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

/** Units that facts name: whoever holds or held what they are about is among them. */
export function unitsNamedIn(facts: readonly KnownFact[]): readonly string[] {
  return facts.flatMap(({ fact: { body } }) => {
    const { unit, field, before, after, stated } = body as Readonly<Record<string, unknown>>;
    return [unit, ...(field === 'unit' ? [before, after, stated] : [])].filter((code) => typeof code === 'string');
  });
}
