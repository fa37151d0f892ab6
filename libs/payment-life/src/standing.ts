import type { Instant } from '@index766/kernel';
import { isOnline } from './facts';
import type { FeeLife, PaymentLife, PaymentView } from './view';

/**
 * Questions about a dossier's money at an instant (index-766.md, indicators 3.5 and 3.6). Facts count that occurred
 * before `before`: for a period that has ended this is its end, for one that runs the instant after as-of. What was known
 * is decided by whoever folds: facts that were not known are not given to the fold.
 */

/** What stays to be paid of a fee in đồng, whether it was paid or not: as assessed, without what was waived. */
export function owedOf({ assessedAt, amount, waivers }: FeeLife, before: Instant): number {
  if (assessedAt >= before) return 0;
  let owed = amount;
  for (const waiver of waivers) {
    if (waiver.at < before) owed -= waiver.amount ?? owed;
  }
  return Math.max(0, owed);
}

/** Sum over all fees, in đồng. > 0 is "fee > 0 and not fully waived" (3.6). */
export function feeOwed({ fees }: PaymentView, before: Instant): number {
  return fees.reduce((sum, fee) => sum + owedOf(fee, before), 0);
}

/** What is still to be paid in đồng, however it was paid so far; a payment of unknown amount paid all of it. */
export function stillOwed(view: PaymentView, before: Instant): number {
  const paid = view.payments.reduce((sum, payment) => sum + leftOf(payment, before), 0);
  return Math.max(0, feeOwed(view, before) - paid);
}

/** A fee above 0 was assessed (3.5b); a waiver takes away what is owed, not that the procedure has a fee. */
export function carriesFee({ fees }: PaymentView, before: Instant): boolean {
  return fees.some(({ assessedAt, amount }) => assessedAt < before && amount > 0);
}

/** A successful payment on the national portal or the province's gateway, refunded later or not. */
export function hasPaidOnline({ payments }: PaymentView, before: Instant): boolean {
  return payments.some((payment) => isOnlineSuccess(payment) && isBefore(payment.succeededAt, before));
}

/** Numerator of 3.6: such a payment that was not fully refunded. */
export function onlinePaid({ payments }: PaymentView, before: Instant): boolean {
  return payments.some((payment) =>
    isOnlineSuccess(payment) && isBefore(payment.succeededAt, before) && !isBefore(payment.fullyRefundedAt, before));
}

/** Denominator of 3.6: a fee that is not fully waived, or an online payment; a refund keeps the obligation. */
export function hasFinancialObligation(view: PaymentView, before: Instant): boolean {
  return feeOwed(view, before) > 0 || hasPaidOnline(view, before);
}

/** Payments that succeeded in [start, end), refunded later or not (3.5a, plan target II.1b). */
export function paymentsIn({ payments }: PaymentView, start: Instant, end: Instant): { readonly online: number; readonly all: number } {
  const within = payments.filter(({ isStandIn, succeededAt }) => !isStandIn && succeededAt !== null && succeededAt >= start && succeededAt < end);
  return { online: within.filter(isOnlineSuccess).length, all: within.length };
}

/** All of it at once. */
export interface PaymentStanding {
  readonly feeOwed: number;
  readonly hasFinancialObligation: boolean;
  readonly hasPaidOnline: boolean;
  readonly onlinePaid: boolean;
}

export function paymentStanding(view: PaymentView, before: Instant): PaymentStanding {
  return {
    feeOwed: feeOwed(view, before),
    hasFinancialObligation: hasFinancialObligation(view, before),
    hasPaidOnline: hasPaidOnline(view, before),
    onlinePaid: onlinePaid(view, before),
  };
}

/** The next instant after `at` from which an answer above may differ; null: none is known. */
export function nextChangeAfter({ fees, payments }: PaymentView, at: Instant): Instant | null {
  const instants = [
    ...fees.flatMap(({ assessedAt, waivers }) => [assessedAt, ...waivers.map((waiver) => waiver.at)]),
    ...payments.flatMap(({ succeededAt, fullyRefundedAt }) => [succeededAt, fullyRefundedAt]),
  ];
  return instants.reduce<Instant | null>(
    (next, instant) => (instant !== null && instant > at && (next === null || instant < next) ? instant : next), null,
  );
}

function isOnlineSuccess({ isStandIn, channel, succeededAt }: PaymentLife): boolean {
  return !isStandIn && succeededAt !== null && isOnline(channel);
}

/** What was paid, less what was given back. */
function leftOf({ isStandIn, succeededAt, fullyRefundedAt, amount, refunds }: PaymentLife, before: Instant): number {
  if (isStandIn || !isBefore(succeededAt, before) || isBefore(fullyRefundedAt, before)) return 0;
  return refunds.filter(({ at }) => at < before).reduce((left, refund) => left - (refund.amount ?? left), amount ?? Number.MAX_SAFE_INTEGER);
}

function isBefore(instant: Instant | null, before: Instant): boolean {
  return instant !== null && instant < before;
}
