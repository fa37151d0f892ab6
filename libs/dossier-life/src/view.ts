import type { DossierId, Instant, OfficerPseudonym, ProcedureCode, StepId, SupplementId, UnitCode } from '@index766/kernel';
import type { Channel, DueBasis, DueCause } from './facts';

/** A span during which the clock stood still because of the citizen. `to` is null while it lasts. */
export interface Wait {
  readonly kind: 'supplement' | 'financial-obligation';
  readonly supplement: SupplementId | null;
  readonly from: Instant;
  readonly to: Instant | null;
  /** True if the dossier's end closed it, not the citizen: the dossier was waiting when it ended. */
  readonly closedByEnd: boolean;
}

/** A due instant and the instant from which it was in force. */
export interface DueInForce {
  readonly from: Instant;
  readonly dueAt: Instant;
  readonly basis: DueBasis;
  readonly cause: DueCause;
}

export interface Step {
  readonly step: StepId;
  readonly officer: OfficerPseudonym | null;
  readonly department: string | null;
  readonly from: Instant;
  /** Its own end, else the next step's start, else the dossier's end, else null. */
  readonly to: Instant | null;
  /** As stated; pauses inside the step move it when it is judged. */
  readonly deadline: Instant | null;
}

export type EndStatus = 7 | 8 | 9 | 10;

/**
 * What the facts known so far say about one dossier, as a timeline: a figure at any instant T is read from it without
 * the facts (lifecycle.md §4). Plain data, the same for every order in which the facts arrived.
 */
export interface DossierView {
  readonly dossier: DossierId;
  readonly procedure: ProcedureCode | null;
  readonly channel: Channel;
  readonly pushed: boolean;
  readonly registeredAt: Instant | null;
  /** Null: not received (yet), counted nowhere. */
  readonly receivedAt: Instant | null;
  readonly refusedAt: Instant | null;
  /**
   * The unit that received it (until then the one where it was registered), then each holder since, in order. Empty
   * only while the unit is unknown.
   */
  readonly holders: readonly { readonly unit: UnitCode; readonly from: Instant }[];
  /** E: the first instant of status 9, else 10, else 8 / 7. */
  readonly endedAt: Instant | null;
  readonly endStatus: EndStatus | null;
  readonly returnedAt: Instant | null;
  /** First reopening after the end: shown, not counted. */
  readonly reopenedAt: Instant | null;
  /** Ordered by `from`, those that count; empty: no due date and no term (undetermined). */
  readonly dues: readonly DueInForce[];
  readonly waits: readonly Wait[];
  /** Instant of the second distinct supplement request: late from then on, for ever (lifecycle.md §3). */
  readonly secondSupplementAt: Instant | null;
  /** First apology note (phiếu xin lỗi và hẹn lại ngày trả kết quả), of an extension that counts or not. */
  readonly apologyAt: Instant | null;
  /** Voided before its due instant, or later and accepted by a reviewer: counts nowhere. Another void after it only flags. */
  readonly voided: boolean;
  /** When the first void was recorded, whether it counts or not. */
  readonly voidRecordedAt: Instant | null;
  /** When the first fact was recorded. */
  readonly recordedFrom: Instant | null;
  readonly steps: readonly Step[];
  /** By sequence: stored but not counted until a reviewer accepts it, or made impossible by a later-known fact. */
  readonly uncounted: readonly { readonly sequence: number; readonly reason: UncountedReason }[];
  /** What integrity rules ask about, by sequence: flagged whether it counts or not (lifecycle.md §6). */
  readonly flags: readonly FactFlag[];
}

/** One fact that an integrity rule flags. */
export interface FactFlag {
  readonly flag: FactFlagKind;
  readonly sequence: number;
  readonly recordedAt: Instant;
  /** What a reviewer said last of it; null: nobody looked at it yet. */
  readonly review: 'accepted' | 'declined' | null;
}

/**
 * `correction-at-week-end`: a correction that was recorded in the last four hours of a week, no bulk load. One alone is nothing to
 * look at; many in a unit are.
 */
export type FactFlagKind = Exclude<UncountedReason, 'impossible-in-status'> | 'future-end' | 'correction-at-week-end';

export type UncountedReason =
  | 'end-moved-earlier' | 'request-moved-earlier' | 'due-moved-after-passing' | 'extension-invalid' | 'end-before-start' | 'voided-after-due'
  | 'conflicting-sources' | 'impossible-in-status';
