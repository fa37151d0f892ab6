import type { PaymentFact } from '@index766/payment-life';
import { compareText, unitInCode, type DossierId, type Instant, type UnitCode } from '@index766/kernel';
import type { ParkedEvent } from './provider-event';

/** How much the snapshot of a record knew: of two records the one that knew more counts, whichever came first. */
export interface IntakeRank {
  /** The latest instant that the snapshot states. */
  readonly latestAt: Instant;
  /** The portal's code; 0 where the source states none. */
  readonly status: number;
  /** Of the record: between snapshots that know equally much the later one corrects. */
  readonly sequence: number;
}

/** Who said a fee's amount last: a snapshot, or the desk, which snapshots do not correct. */
export type FeeWord = { readonly by: 'push'; readonly rank: IntakeRank } | { readonly by: 'desk' };

/** What snapshots say of DuocThanhToanTrucTuyen: 0 no, 1 on the national portal, 2 on the province's gateway. */
export interface PaidOnlineWord {
  readonly value: 0 | 1 | 2;
  readonly rank: IntakeRank;
}

/** Where a fact of the dossier's life puts it. */
export interface UnitStatement {
  /** Of the record on the topic of dossiers. */
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly unit: UnitCode;
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
export interface PaymentsState {
  readonly dossier: DossierId;
  /** In the order of their sequence, from 1 without gaps. */
  readonly facts: readonly PaymentFact[];
  /** Fingerprints of the records that the intake topic had, by sequence: a set, so that none waits for another one. */
  readonly intake: Readonly<Record<number, string>>;
  readonly units: readonly UnitStatement[];
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

/** The unit that has the dossier, in the order of its life; the one in its code stands for it until one is known. */
export function holderOf({ dossier, units }: PaymentsState): UnitCode | undefined {
  const last = units.reduce<UnitStatement | undefined>((latest, each) => (latest === undefined || isLater(each, latest) ? each : latest), undefined);
  return last?.unit ?? unitInCode(dossier);
}

function isLater(a: UnitStatement, b: UnitStatement): boolean {
  return a.occurredAt === b.occurredAt ? a.sequence > b.sequence : a.occurredAt > b.occurredAt;
}

/** Sequences that were skipped and may still come. */
export function holesOf({ intake }: PaymentsState): readonly number[] {
  const known = Object.keys(intake).map(Number);
  const holes: number[] = [];
  for (let sequence = 1; sequence < Math.max(0, ...known) && holes.length < HOLES_LISTED; sequence += 1) {
    if (intake[sequence] === undefined) holes.push(sequence);
  }
  return holes;
}

const HOLES_LISTED = 100;

/** Negative: `a` knew less than `b`. */
export function compareIntakeRank(a: IntakeRank, b: IntakeRank): number {
  return a.latestAt - b.latestAt || a.status - b.status || a.sequence - b.sequence;
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
