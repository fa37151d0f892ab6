import type { DossierId, Instant } from '@index766/kernel';

/** Where money was paid: DuocThanhToanTrucTuyen 1 and 2, and the cash desk. */
export type PaymentChannel = 'national-portal' | 'province-gateway' | 'cash';

export type OnlineChannel = Exclude<PaymentChannel, 'cash'>;

/**
 * Stands for the provider of a payment that a push states: it says that a channel was paid on, not what was paid, nor
 * under which reference. Its reference is the channel.
 */
export const STATED_BY_PUSH = 'national-sync';

/** Stands for the provider of cash: the unit's own desk. The reference is the number of the receipt. */
export const CASH_DESK = 'cash-desk';

/** One payment has one provider and one reference of that provider. */
export interface PaymentKey {
  readonly provider: string;
  readonly reference: string;
}

/** The body of each fact about the money of a dossier, by its kind (facts.md). Amounts are whole đồng. */
export interface PaymentFactBodies {
  /** Of a fee that was assessed before: the amount is corrected, from the first assessment on. 0: nothing is to be paid. */
  'fee-assessed': { readonly fee: string; readonly amount: number; readonly kind?: string; readonly collection?: string };
  /** No amount: the whole fee, whatever it is corrected to. */
  'fee-waived': { readonly fee: string; readonly amount?: number; readonly reasonCode?: string };
  'payment-requested': PaymentKey & { readonly amount: number };
  /** No amount: a push does not state it. */
  'payment-succeeded': PaymentKey & { readonly channel: PaymentChannel; readonly amount?: number };
  /** After a success it counts for nothing, except where a push takes back what a push had stated. */
  'payment-failed': PaymentKey & { readonly reasonCode?: string };
  /** `refund` tells several refunds of one payment apart. No amount: the whole payment. */
  'payment-refunded': PaymentKey & { readonly refund: string; readonly amount?: number };
}

export type PaymentFactKind = keyof PaymentFactBodies;

export interface PaymentFactHead {
  readonly dossier: DossierId;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** Place among the dossier's records on the topic of payments, from 1 without gaps. */
  readonly sequence: number;
  /** `inferred`: the source states no instant; it is the receipt of the dossier (national-sync.md). */
  readonly timeBasis: 'stated' | 'inferred';
  /** Set on bulk loads, which no integrity rule counts (lifecycle.md §6). */
  readonly backfill?: boolean;
}

export type PaymentFact = {
  readonly [Kind in PaymentFactKind]: PaymentFactHead & { readonly kind: Kind; readonly body: PaymentFactBodies[Kind] };
}[PaymentFactKind];

export type PaymentFactOf<Kind extends PaymentFactKind> = Extract<PaymentFact, { readonly kind: Kind }>;

export function isOnline(channel: PaymentChannel | null): channel is OnlineChannel {
  return channel === 'national-portal' || channel === 'province-gateway';
}
