import type { Instant } from '@index766/kernel';
import type { PaymentChannel, PaymentKey } from './facts';

/** A part of a fee, or all of it, that need not be paid. */
export interface Waiver {
  readonly at: Instant;
  /** In đồng; null: the whole fee. */
  readonly amount: number | null;
}

/** One fee of a dossier, known by its code (MaPhiLePhi). */
export interface FeeLife {
  readonly fee: string;
  readonly kind: string | null;
  readonly collection: string | null;
  /** The first assessment: a correction holds from there on. */
  readonly assessedAt: Instant;
  /** As it was assessed last, in đồng. */
  readonly amount: number;
  /** By their instants. */
  readonly waivers: readonly Waiver[];
}

export interface RefundLife {
  readonly refund: string;
  readonly at: Instant;
  /** In đồng; null: the whole payment. */
  readonly amount: number | null;
}

export interface PaymentLife extends PaymentKey {
  /** Null until it succeeded. */
  readonly channel: PaymentChannel | null;
  /** What was paid, else what was asked for, in đồng; null where only a push stated the payment. */
  readonly amount: number | null;
  readonly requestedAt: Instant | null;
  readonly succeededAt: Instant | null;
  /** The last failure; beside `succeededAt` it is an earlier try, or a report that came to nothing. */
  readonly failedAt: Instant | null;
  /** By their instants, never before the success. */
  readonly refunds: readonly RefundLife[];
  /** When nothing of it was left. */
  readonly fullyRefundedAt: Instant | null;
  /**
   * A push stated it, and the payment itself is known by its reference on the same channel: it is one payment, and the
   * one with the reference counts.
   */
  readonly isStandIn: boolean;
}

/** What the facts about a dossier's money fold to: any figure at any instant is read from it. */
export interface PaymentView {
  /** By their codes. */
  readonly fees: readonly FeeLife[];
  /** By provider and reference. */
  readonly payments: readonly PaymentLife[];
}

/** A dossier of whose money nothing is known. */
export const NO_PAYMENTS: PaymentView = { fees: [], payments: [] };
