import type { PaymentFact } from '@index766/payment-life';
import type { IntakeMemory, IntakeRank } from '@index766/intake';
import { compareText, type DossierId, type Instant } from '@index766/kernel';
import type { ParkedEvent } from './provider-event';

/** Who said a fee's amount last: a snapshot, or the desk, which snapshots do not correct. */
export type FeeWord = { readonly by: 'push'; readonly rank: IntakeRank } | { readonly by: 'desk' };

/** What snapshots say of DuocThanhToanTrucTuyen: 0 no, 1 on the national portal, 2 on the province's gateway. */
export interface PaidOnlineWord {
  readonly value: 0 | 1 | 2;
  readonly rank: IntakeRank;
}

/** A snapshot's amount of a fee that the desk assessed otherwise: kept, shown, not published. */
export interface FeeConflict {
  readonly fee: string;
  readonly amount: number;
  readonly recordedAt: Instant;
}

/** An event of a provider that was taken; the same id with another content is refused. */
export interface KnownEvent {
  readonly provider: string;
  readonly event: string;
  readonly hash: string;
}

/** A parked event that an operator put aside. */
export interface DroppedEvent {
  readonly provider: string;
  readonly event: string;
  readonly reasonCode: string;
  readonly by: string;
  readonly at: Instant;
}

/** All that this service keeps of one dossier. */
export interface PaymentsState extends IntakeMemory {
  /** In the order of their sequence, from 1 without gaps. */
  readonly facts: readonly PaymentFact[];
  readonly feeWords: Readonly<Record<string, FeeWord>>;
  readonly paidOnline: PaidOnlineWord | null;
  /**
   * After a restore: sequences of facts that came back from this service's own topic and of which no push that is read
   * again has said yet that it led to them. Absent otherwise.
   */
  readonly restored?: readonly number[];
  readonly conflicts: readonly FeeConflict[];
  readonly events: readonly KnownEvent[];
  readonly parked: readonly ParkedEvent[];
  readonly dropped: readonly DroppedEvent[];
}

/** A state and what is new in it: the new facts leave with the write of the state. */
export interface PaymentsChange {
  readonly state: PaymentsState;
  readonly facts: readonly PaymentFact[];
}

export function emptyPayments(dossier: DossierId): PaymentsState {
  return {
    dossier, facts: [], intake: {}, units: [], feeWords: {}, paidOnline: null, conflicts: [], events: [], parked: [], dropped: [],
  };
}

export function unchanged(state: PaymentsState): PaymentsChange {
  return { state, facts: [] };
}

/** Whether the dossier exists, as far as has come here: a push passed on parts of it, or a fact of its life came. */
export function isKnown({ intake, units }: PaymentsState): boolean {
  return units.length > 0 || Object.keys(intake).length > 0;
}

const CONFLICTS_KEPT = 100;

/** Conflicts as a set: the same amount of a fee is kept once, and the first ones of very many. */
export function withConflict(conflicts: readonly FeeConflict[], added: FeeConflict): readonly FeeConflict[] {
  const isThere = conflicts.some(({ fee, amount }) => fee === added.fee && amount === added.amount);
  return isThere ? conflicts : [...conflicts, added].slice(0, CONFLICTS_KEPT);
}

/** Older ids are forgotten: a provider repeats an event soon, and what it led to is recognised without its id. */
const EVENTS_KEPT = 200;

export function withEvent(events: readonly KnownEvent[], { provider, event, hash }: KnownEvent): readonly KnownEvent[] {
  return [...events, { provider, event, hash }].slice(-EVENTS_KEPT);
}

/** In the order in which parked events are tried again: by their own instants, whatever came first. */
export function compareParked(a: ParkedEvent, b: ParkedEvent): number {
  return a.occurredAt - b.occurredAt || compareText(a.provider, b.provider) || compareText(a.event, b.event);
}
