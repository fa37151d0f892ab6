import type { PaymentFact, PaymentFactBodies, PaymentFactKind } from '@index766/payment-life';
import { latest, ok, refused, type Instant, type Result } from '@index766/kernel';
import type { PaymentsChange } from './payments-state';

/** A fact that was decided and has no place among the others yet. */
export type NewFact = {
  readonly [Kind in PaymentFactKind]: {
    readonly kind: Kind;
    readonly occurredAt: Instant;
    readonly body: PaymentFactBodies[Kind];
    readonly timeBasis?: 'inferred';
    readonly backfill?: boolean;
  };
}[PaymentFactKind];

/** The most facts that a dossier may have: whoever corrects without end is stopped here. */
export const MAX_FACTS = 1_000;

/** Numbers new facts and takes them down: never before what was taken down last (architecture.md §2). */
export function recordFacts({ state, facts }: PaymentsChange, added: readonly NewFact[], recordedAt: Instant): Result<PaymentsChange> {
  if (added.length === 0) return ok({ state, facts });
  if (state.facts.length + added.length > MAX_FACTS) return refused('PAYMENT.TOO_MANY_FACTS', `a dossier has at most ${MAX_FACTS} facts about money`);
  const last = state.facts.at(-1);
  const at = last === undefined ? recordedAt : latest(recordedAt, last.recordedAt);
  const recorded = added.map(({ kind, occurredAt, body, timeBasis, backfill }, index) => ({
    kind, dossier: state.dossier, occurredAt, recordedAt: at, sequence: state.facts.length + index + 1,
    timeBasis: timeBasis ?? 'stated', ...(backfill === true ? { backfill } : {}), body,
  }) as PaymentFact);
  return ok({ state: { ...state, facts: [...state.facts, ...recorded] }, facts: [...facts, ...recorded] });
}

/** Whether the same was taken down before: what comes again says nothing new. */
export function isRecorded(facts: readonly PaymentFact[], fact: NewFact): boolean {
  return facts.some((each) => isSameContent(each, fact));
}

type Content = Pick<NewFact | PaymentFact, 'kind' | 'occurredAt' | 'body'>;

/** Whether both say the same, whenever that was taken down. */
export function isSameContent(a: Content, b: Content): boolean {
  return contentOf(a) === contentOf(b);
}

function contentOf({ kind, occurredAt, body }: Content): string {
  return JSON.stringify([kind, occurredAt, Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
