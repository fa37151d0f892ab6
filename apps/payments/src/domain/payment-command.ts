import {
  CASH_DESK, STATED_BY_PUSH, foldPayments, owedOf, type PaymentKey, type PaymentLife,
} from '@index766/payment-life';
import { instantOf, ok, refused, type Instant, type Result } from '@index766/kernel';
import { findPayment, restAfter, statusOf } from './payment-table';
import { unchanged, type PaymentsChange, type PaymentsState } from './payments-state';
import { recordFacts, type NewFact } from './record-facts';
import { settleParked } from './take-event';
import { lastAssessment } from './take-intake';

export type CommandName = 'assess-fee' | 'waive-fee' | 'request-payment' | 'record-cash-payment' | 'refund-payment';

interface At {
  /** Absent: when it is recorded. */
  readonly occurredAt?: Instant;
}

export type PaymentCommand = At & (
  | { readonly command: 'assess-fee'; readonly fee: string; readonly amount: number; readonly kind?: string; readonly collection?: string }
  /** No amount: the whole fee. */
  | { readonly command: 'waive-fee'; readonly fee: string; readonly amount?: number; readonly reasonCode: string }
  | (PaymentKey & { readonly command: 'request-payment'; readonly amount: number })
  | { readonly command: 'record-cash-payment'; readonly receipt: string; readonly amount: number }
  /** No amount: the whole payment. */
  | (PaymentKey & { readonly command: 'refund-payment'; readonly refund: string; readonly amount?: number })
);

/**
 * Decides a command on a dossier that is known. What says the same again leads to no fact. Refuses with PAYMENT.* and
 * changes nothing then.
 */
export function decideCommand(state: PaymentsState, command: PaymentCommand, recordedAt: Instant): Result<PaymentsChange> {
  const at = command.occurredAt ?? recordedAt;
  if (at > recordedAt) return refused('PAYMENT.IN_FUTURE', 'money does not move in the future', 'occurredAt');
  const facts = factsOf(state, command, at);
  if (!facts.ok) return facts;
  const recorded = recordFacts(unchanged(wordOf(state, command)), facts.value, recordedAt);
  return recorded.ok ? ok(settleParked(recorded.value, recordedAt)) : recorded;
}

/** From its word on snapshots do not correct a fee that the desk assessed. */
function wordOf(state: PaymentsState, command: PaymentCommand): PaymentsState {
  return command.command === 'assess-fee' ? { ...state, feeWords: { ...state.feeWords, [command.fee]: { by: 'desk' } } } : state;
}

const NOTHING_NEW: Result<readonly NewFact[]> = ok([]);

function factsOf(state: PaymentsState, command: PaymentCommand, occurredAt: Instant): Result<readonly NewFact[]> {
  switch (command.command) {
    case 'assess-fee': {
      const { fee, amount, kind, collection } = command;
      const last = lastAssessment(state.facts, fee)?.body;
      if (last?.amount === amount && last.kind === kind && last.collection === collection) return NOTHING_NEW;
      const body = { fee, amount, ...(kind === undefined ? {} : { kind }), ...(collection === undefined ? {} : { collection }) };
      return ok([{ kind: 'fee-assessed', occurredAt, body }]);
    }
    case 'waive-fee':
      return waiver(state, command, occurredAt);
    case 'request-payment':
      return request(state, command, occurredAt);
    case 'record-cash-payment':
      return cash(state, command, occurredAt);
    case 'refund-payment':
      return refund(state, command, occurredAt);
  }
}

type Of<Name extends CommandName> = Extract<PaymentCommand, { readonly command: Name }>;

/** After everything that is known: limits hold whatever instants are stated. */
const END = instantOf(8_640_000_000_000_000);

function waiver({ facts }: PaymentsState, { fee, amount, reasonCode }: Of<'waive-fee'>, occurredAt: Instant): Result<readonly NewFact[]> {
  const life = foldPayments(facts).fees.find((each) => each.fee === fee);
  if (life === undefined) return refused('PAYMENT.FEE_UNKNOWN', 'no fee of this code was assessed', 'fee');
  const owed = owedOf(life, END);
  if (owed === 0) return refused('PAYMENT.NOTHING_OWED', 'nothing of this fee is owed', 'fee');
  if (amount !== undefined && amount > owed) return refused('PAYMENT.WAIVER_EXCEEDS_FEE', 'less than that is owed', 'amount');
  return ok([{ kind: 'fee-waived', occurredAt, body: { fee, ...(amount === undefined ? {} : { amount }), reasonCode } }]);
}

function request({ facts }: PaymentsState, { provider, reference, amount }: Of<'request-payment'>, occurredAt: Instant): Result<readonly NewFact[]> {
  if (provider === STATED_BY_PUSH || provider === CASH_DESK) {
    return refused('PAYMENT.PROVIDER_RESERVED', 'this name stands for no provider that could be asked', 'provider');
  }
  const payment = findPayment(foldPayments(facts), { provider, reference });
  switch (statusOf(payment)) {
    case 'unknown':
      break;
    case 'requested':
    case 'failed':
      if (payment !== undefined && payment.requestedAt !== null) {
        return payment.amount === amount ? NOTHING_NEW : refused('PAYMENT.ALREADY_REQUESTED', 'another amount was asked for under this reference', 'amount');
      }
      break;
    case 'succeeded':
    case 'partly-refunded':
    case 'refunded':
      return refused('PAYMENT.ALREADY_SUCCEEDED', 'the payment was made already', 'reference');
  }
  return ok([{ kind: 'payment-requested', occurredAt, body: { provider, reference, amount } }]);
}

function cash({ facts }: PaymentsState, { receipt, amount }: Of<'record-cash-payment'>, occurredAt: Instant): Result<readonly NewFact[]> {
  const key = { provider: CASH_DESK, reference: receipt };
  const known = findPayment(foldPayments(facts), key);
  if (known !== undefined) {
    return known.amount === amount ? NOTHING_NEW : refused('PAYMENT.AMOUNT_MISMATCH', 'the receipt was recorded with another amount', 'amount');
  }
  return ok([{ kind: 'payment-succeeded', occurredAt, body: { ...key, channel: 'cash', amount } }]);
}

function refund({ facts }: PaymentsState, command: Of<'refund-payment'>, occurredAt: Instant): Result<readonly NewFact[]> {
  const { provider, reference, refund: id, amount } = command;
  const payment = findPayment(foldPayments(facts), command);
  const known = payment?.refunds.find((each) => each.refund === id);
  if (known !== undefined) {
    return known.amount === (amount ?? null) ? NOTHING_NEW : refused('PAYMENT.AMOUNT_MISMATCH', 'the refund was recorded with another amount', 'amount');
  }
  const refusal = obstacleOf(payment, amount, occurredAt);
  if (refusal !== undefined) return refusal;
  return ok([{ kind: 'payment-refunded', occurredAt, body: { provider, reference, refund: id, ...(amount === undefined ? {} : { amount }) } }]);
}

function obstacleOf(payment: PaymentLife | undefined, amount: number | undefined, at: Instant): Result<never> | undefined {
  if (payment === undefined || payment.succeededAt === null || payment.succeededAt > at) {
    return refused('PAYMENT.NOT_SUCCEEDED', 'no payment under this reference had succeeded at that instant', 'reference');
  }
  if (payment.fullyRefundedAt !== null) return refused('PAYMENT.ALREADY_REFUNDED', 'all of the payment went back already', 'reference');
  if (amount === undefined) return undefined;
  const rest = restAfter(payment, amount);
  if (rest === undefined) return refused('PAYMENT.AMOUNT_UNKNOWN', 'how much was paid is not known, so it goes back as a whole: leave the amount out', 'amount');
  return rest < 0 ? refused('PAYMENT.REFUND_EXCEEDS_PAYMENT', 'less than that is left of the payment', 'amount') : undefined;
}
