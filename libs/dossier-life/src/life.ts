import type { Instant, OfficerPseudonym, ProcedureCode, StepId, SupplementId, UnitCode } from '@index766/kernel';

import type { Channel, DossierFactOf } from './facts';
import type { Status } from './status';
import type { EndStatus, UncountedReason } from './view';

export type EndFact = DossierFactOf<'dossier-finished' | 'result-returned' | 'dossier-withdrawn' | 'dossier-stopped'>;
export type ExtensionFact = DossierFactOf<'due-date-extended'>;

export interface LifeStep {
  readonly step: StepId;
  readonly officer: OfficerPseudonym | null;
  readonly department: string | null;
  readonly deadline: Instant | null;
  readonly from: Instant;
  completedAt: Instant | null;
}

export interface LifeWait {
  readonly kind: 'supplement' | 'financial-obligation';
  readonly supplement: SupplementId | null;
  readonly from: Instant;
  to: Instant | null;
  closedByEnd: boolean;
}

export interface UncountedFact {
  readonly sequence: number;
  readonly reason: UncountedReason;
  /** A reviewer accepted it: it counts, and stays flagged. */
  readonly accepted?: boolean;
}

/** Sequences of the facts that a reviewer accepted. */
export type AcceptedFacts = ReadonlySet<number>;

export const NONE_ACCEPTED: AcceptedFacts = new Set();

/** State of a dossier while its facts are walked through in fold order. Lives inside one fold, never outside. */
export interface Life {
  registeredAt: Instant | null;
  receivedAt: Instant | null;
  refusedAt: Instant | null;
  procedure: ProcedureCode | null;
  channel: Channel;
  pushed: boolean;
  holders: { readonly unit: UnitCode; readonly from: Instant }[];
  steps: LifeStep[];
  /** Each counted wait, in the order in which they began. */
  waits: LifeWait[];
  supplementsAsked: SupplementId[];
  /** Completions that stand before their request: the request then asks for nothing that is still missing. */
  supplementsCompletedBeforeRequest: SupplementId[];
  /** Open now, work after a reopening included: gives the status. */
  openSupplements: SupplementId[];
  obligationOpen: boolean;
  secondSupplementAt: Instant | null;
  extensions: ExtensionFact[];
  apologyAt: Instant | null;
  /** The end that counts: the first one. */
  endedAt: Instant | null;
  endStatus: EndStatus | null;
  returnedAt: Instant | null;
  reopenedAt: Instant | null;
  /** Status given by the last end, until a reopening takes it away. */
  closedAs: EndStatus | null;
  /** Ends that stand before the receipt: held until it is known whether there is one. */
  endsBeforeReceipt: { readonly fact: EndFact; readonly possible: boolean }[];
  uncounted: UncountedFact[];
}

export function emptyLife(): Life {
  return {
    registeredAt: null, receivedAt: null, refusedAt: null, procedure: null, channel: 'in-person', pushed: false, holders: [],
    steps: [], waits: [], supplementsAsked: [], supplementsCompletedBeforeRequest: [], openSupplements: [],
    obligationOpen: false, secondSupplementAt: null, extensions: [], apologyAt: null, endedAt: null, endStatus: null,
    returnedAt: null, reopenedAt: null, closedAs: null, endsBeforeReceipt: [], uncounted: [],
  };
}

/** The status that the facts walked through so far have led to; null: the dossier is not even registered. */
export function statusOf(life: Life): Status | null {
  if (life.closedAs !== null) return life.closedAs;
  if (life.refusedAt !== null) return 3;
  if (life.receivedAt === null) return life.registeredAt === null ? null : 1;
  if (life.openSupplements.length > 0) return 5;
  if (life.obligationOpen) return 6;
  return life.steps.length > 0 || life.reopenedAt !== null ? 4 : 2;
}

export function holderOf(life: Life): UnitCode | undefined {
  return life.holders[life.holders.length - 1]?.unit;
}
