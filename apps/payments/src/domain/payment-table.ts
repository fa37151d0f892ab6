import { paymentKeyText, type PaymentKey, type PaymentLife, type PaymentView } from '@index766/payment-life';
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
