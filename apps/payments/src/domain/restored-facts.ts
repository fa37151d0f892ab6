import type { PaymentFact } from '@index766/payment-life';
import { latest, type Instant } from '@index766/kernel';
import type { PaymentsState } from './payments-state';
import { isSameContent, type NewFact } from './record-facts';

/**
 * Adds facts that the topic has and the state lacks. What else the state knew comes back when the topics of dossiers are
 * read again: by `withoutUnexplained` and `explainedBy` each push finds what it led to. Not restored: parked events and their
 * ids, answers of commands (ADR 0121 says why each does no harm).
 *
 * @param facts the next ones in the order of their sequence, without a gap
 */
export function withRestoredFacts(state: PaymentsState, facts: readonly PaymentFact[]): PaymentsState {
  return { ...state, facts: [...state.facts, ...facts], restored: [...state.restored ?? [], ...facts.map(({ sequence }) => sequence)] };
}

/** The facts as a push has to see them that is read again: without those of later pushes and commands. */
export function explainedFacts({ facts, restored = [] }: PaymentsState): readonly PaymentFact[] {
  return restored.length === 0 ? facts : facts.filter(({ sequence }) => !restored.includes(sequence));
}

/** The state in which a restored fact is taken for what this push led to; undefined: the push has led to nothing like it. */
export function explainedBy(state: PaymentsState, fact: NewFact, recordedAt: Instant): PaymentsState | undefined {
  const { facts, restored = [] } = state;
  const own = restored.find((sequence) => {
    const [before, there] = [facts[sequence - 2], facts[sequence - 1]];
    if (there === undefined || !isSameContent(there, fact)) return false;
    return there.recordedAt === (before === undefined ? recordedAt : latest(recordedAt, before.recordedAt));
  });
  return own === undefined ? undefined : without(state, [own]);
}

/**
 * Restored assessments of a fee that no push has explained when one comes that led to none of them: the desk made them, for
 * what pushes led to comes back in the order of the pushes. Undefined: there are none.
 */
export function assessedByDesk(state: PaymentsState, fee: string): PaymentsState | undefined {
  const { facts, restored = [] } = state;
  const own = restored.filter((sequence) => {
    const there = facts[sequence - 1];
    return there?.kind === 'fee-assessed' && there.body.fee === fee;
  });
  return own.length === 0 ? undefined : without(state, own);
}

function without({ restored = [], ...state }: PaymentsState, explained: readonly number[]): PaymentsState {
  const left = restored.filter((sequence) => !explained.includes(sequence));
  return left.length === 0 ? state : { ...state, restored: left };
}
