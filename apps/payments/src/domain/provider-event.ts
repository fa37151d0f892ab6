import type { OnlineChannel } from '@index766/payment-life';
import type { Instant } from '@index766/kernel';

/** What a provider reports. The kinds are those of the facts that they lead to. */
export type ProviderEventKind = 'payment-succeeded' | 'payment-failed' | 'payment-refunded';

interface EventHead {
  readonly provider: string;
  /** The provider's id of the event: one id has one content. */
  readonly event: string;
  /** Tells two contents under one id apart. */
  readonly hash: string;
  readonly reference: string;
  readonly occurredAt: Instant;
}

export type ProviderEvent =
  | (EventHead & { readonly kind: 'payment-succeeded'; readonly channel: OnlineChannel; readonly amount: number })
  | (EventHead & { readonly kind: 'payment-failed'; readonly reasonCode?: string })
  /** No amount: the whole payment. */
  | (EventHead & { readonly kind: 'payment-refunded'; readonly refund: string; readonly amount?: number });

/** Why an event cannot be applied now. It is kept, tried again with whatever comes, and listed for operators. */
export const PARK_REASONS = [
  /** Neither a push nor a fact of the dossier's life has come. */
  'DOSSIER_UNKNOWN',
  /** A refund of a payment that has not succeeded, as far as is known. */
  'PAYMENT_NOT_SUCCEEDED',
  /** Not the amount that was asked for, that was reported before under the same reference, or that the fees come to. */
  'AMOUNT_MISMATCH',
  /** More would go back than was paid. */
  'REFUND_EXCEEDS_PAYMENT',
] as const;
export type ParkReason = (typeof PARK_REASONS)[number];

export type ParkedEvent = ProviderEvent & {
  readonly reason: ParkReason;
  /** When it came. */
  readonly takenAt: Instant;
};
