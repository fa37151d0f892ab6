import { owedOf, type FeeLife, type PaymentFact, type PaymentLife } from '@index766/payment-life';
import { holesOf } from '@index766/intake';
import { formatInstant, instantOf, type Instant } from '@index766/kernel';
import { statusOf } from '../domain/payment-table';
import type { ParkedEvent } from '../domain/provider-event';
import type { PaymentDetails } from '../queries/show-payments';

/** The money of a dossier as GET shows it: what is owed, what was paid, every fact, what waits. Amounts are whole đồng. */
export function paymentsJson({ state, unit, view, standing }: PaymentDetails) {
  return {
    dossier: state.dossier,
    unit,
    standing,
    fees: view.fees.map(feeJson),
    payments: view.payments.map(paymentJson),
    facts: state.facts.map(factJson),
    conflicts: state.conflicts.map(({ recordedAt, ...conflict }) => ({ ...conflict, recordedAt: formatInstant(recordedAt) })),
    parked: state.parked.map(parkedJson),
    missingIntakeRecords: holesOf(state),
  };
}

export function parkedJson({ provider, event, kind, reference, reason, occurredAt, takenAt, ...rest }: ParkedEvent) {
  return {
    provider, event, kind, reference, reason,
    amount: 'amount' in rest ? rest.amount : null,
    occurredAt: formatInstant(occurredAt),
    takenAt: formatInstant(takenAt),
  };
}

const END = instantOf(8_640_000_000_000_000);

function feeJson(fee: FeeLife) {
  return {
    fee: fee.fee,
    kind: fee.kind,
    collection: fee.collection,
    amount: fee.amount,
    owed: owedOf(fee, END),
    assessedAt: formatInstant(fee.assessedAt),
    waivers: fee.waivers.map(({ at, amount }) => ({ at: formatInstant(at), amount })),
  };
}

function paymentJson(payment: PaymentLife) {
  const { provider, reference, channel, amount, isStandIn } = payment;
  return {
    provider, reference, channel, amount,
    status: statusOf(payment),
    requestedAt: textOf(payment.requestedAt),
    succeededAt: textOf(payment.succeededAt),
    failedAt: textOf(payment.failedAt),
    refunds: payment.refunds.map((refund) => ({ ...refund, at: formatInstant(refund.at) })),
    fullyRefundedAt: textOf(payment.fullyRefundedAt),
    isStandIn,
  };
}

function factJson({ sequence, kind, occurredAt, recordedAt, timeBasis, backfill, body }: PaymentFact) {
  return { sequence, kind, occurredAt: formatInstant(occurredAt), recordedAt: formatInstant(recordedAt), timeBasis, backfill: backfill ?? false, body };
}

function textOf(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
