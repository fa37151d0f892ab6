import { paymentKeyText, type FeeLife, type PaymentKey, type PaymentLife, type PaymentView } from '@index766/payment-life';
import { latest, type Instant } from '@index766/kernel';
import type { ParkReason, ProviderEventKind } from './provider-event';

/** Where a payment stands, by all that is known of it. */
export type PaymentStatus = 'unknown' | 'requested' | 'failed' | 'succeeded' | 'partly-refunded' | 'refunded';

/** `record`: a fact, unless the same one is known; otherwise the event is parked for the reason. */
export type Verdict = 'record' | ParkReason;

/**
 * What an event leads to in each status. Providers report late, twice and in any order, so nothing that they may
 * truthfully say is refused: a failure after a success is taken down and counts for nothing (payment-life), a refund
 * before its payment waits. Amounts are looked at besides.
 */
export const VERDICTS: Readonly<Record<PaymentStatus, Readonly<Record<ProviderEventKind, Verdict>>>> = {
  unknown: { 'payment-succeeded': 'record', 'payment-failed': 'record', 'payment-refunded': 'PAYMENT_NOT_SUCCEEDED' },
  requested: { 'payment-succeeded': 'record', 'payment-failed': 'record', 'payment-refunded': 'PAYMENT_NOT_SUCCEEDED' },
  failed: { 'payment-succeeded': 'record', 'payment-failed': 'record', 'payment-refunded': 'PAYMENT_NOT_SUCCEEDED' },
  succeeded: { 'payment-succeeded': 'record', 'payment-failed': 'record', 'payment-refunded': 'record' },
  'partly-refunded': { 'payment-succeeded': 'record', 'payment-failed': 'record', 'payment-refunded': 'record' },
  refunded: { 'payment-succeeded': 'record', 'payment-failed': 'record', 'payment-refunded': 'REFUND_EXCEEDS_PAYMENT' },
};

export function statusOf(payment: PaymentLife | undefined): PaymentStatus {
  if (payment === undefined) return 'unknown';
  if (payment.succeededAt !== null) {
    if (payment.fullyRefundedAt !== null) return 'refunded';
    return payment.refunds.length > 0 ? 'partly-refunded' : 'succeeded';
  }
  return payment.failedAt !== null ? 'failed' : 'requested';
}

export function findPayment({ payments }: PaymentView, key: PaymentKey): PaymentLife | undefined {
  const text = paymentKeyText(key);
  return payments.find((each) => paymentKeyText(each) === text);
}

/** What would stay of a payment, in đồng, if this much more went back; undefined where its amount is not known. */
export function restAfter({ amount, refunds }: PaymentLife, returned: number): number | undefined {
  return amount === null ? undefined : refunds.reduce((rest, refund) => rest - (refund.amount ?? rest), amount) - returned;
}

/**
 * Whether an amount can be a payment of the fees: it pays all that was owed when it was made, or one of the fees. Where nothing
 * was owed, as far as is known, there is nothing to compare. A fee counts from its assessment being known, whatever instant that
 * states: it is often assessed after the money came.
 */
export function paysFees({ fees }: PaymentView, amount: number, at: Instant): boolean {
  const owed = fees.map((fee) => owedAt(fee, at)).filter((each) => each > 0);
  return owed.length === 0 || owed.includes(amount) || owed.reduce((sum, each) => sum + each, 0) === amount;
}

function owedAt({ amount, assessedAt, waivers }: FeeLife, at: Instant): number {
  const from = latest(at, assessedAt);
  return waivers.reduce((rest, waiver) => (waiver.at <= from ? rest - (waiver.amount ?? rest) : rest), amount);
}
