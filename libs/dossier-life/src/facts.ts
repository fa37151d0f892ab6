import type { DossierId, Instant, OfficerPseudonym, ProcedureCode, StepId, SupplementId, UnitCode } from '@index766/kernel';

/** How a dossier came in: KenhThucHien 1, 2, 3. */
export type Channel = 'in-person' | 'online' | 'postal';

/** What the public reads as the source of dossiers that officers register here. It is nobody who pushes, and no source can be called so. */
export const DESK_SOURCE = 'desk';

/** Whether the source stated the instant of a fact or it was taken from another one (architecture.md §2). */
export type TimeBasis = 'stated' | 'inferred';

/** What decided a due instant: the source's own word, the procedure's term, or nothing to decide from. */
export type DueBasis = 'stated' | 'term';

export type DueCause =
  | 'received'
  | 'supplement-completed'
  | 'financial-obligation-fulfilled'
  | 'extended'
  | 'corrected'
  | 'procedure-changed'
  | 'calendar-changed';

/** Fields of a dossier that a source may correct; a step's are corrected by its id. */
export type CorrectableField =
  | 'unit' | 'procedure' | 'channel'
  | 'received-at' | 'refused-at' | 'finished-at' | 'returned-at' | 'withdrawn-at' | 'stopped-at'
  | 'stated-due-at'
  | 'step-deadline' | 'step-ended-at'
  | 'supplement-requested-at' | 'supplement-completed-at';

/** Fields that two sources may state otherwise: those that may be corrected, and those of which the first word stays. */
export type StatedField = CorrectableField | 'registered-at' | 'return-channel';

/**
 * Why a statement is not followed: an older snapshot or report never corrects a newer one (`outranked`), and of several
 * sources the owner's word stands (`other-source`).
 */
export type NotFollowedCause = 'outranked' | 'other-source';

/** The body of each fact of a dossier's life, by its kind (facts.md). Instants that are the fact's own are not repeated. */
export interface DossierFactBodies {
  'dossier-registered': { readonly unit: UnitCode; readonly procedure: ProcedureCode; readonly channel: Channel; readonly source: string };
  /** Occurs when the clock starts. `statedDueAt`: the source's NgayHenTra (already 24:00 where it said a bare day). */
  'dossier-received': {
    readonly unit: UnitCode; readonly procedure: ProcedureCode; readonly channel: Channel; readonly source: string;
    readonly statedDueAt?: Instant;
    /** True if the dossier came by the national push (indicator 1.4). */
    readonly pushed: boolean;
  };
  'dossier-refused': { readonly reasonCode?: string };
  'step-assigned': { readonly step: StepId; readonly officer?: OfficerPseudonym; readonly department?: string; readonly deadline?: Instant };
  'step-completed': { readonly step: StepId };
  'supplement-requested': { readonly supplement: SupplementId };
  'supplement-completed': { readonly supplement: SupplementId; readonly newDueAt?: Instant };
  'due-date-extended': { readonly newDueAt: Instant; readonly reasonCode?: string; readonly apologyIssued: boolean };
  'dossier-transferred': { readonly unit: UnitCode };
  'dossier-withdrawn': Record<never, never>;
  'dossier-stopped': { readonly reasonCode?: string };
  'dossier-finished': Record<never, never>;
  'result-returned': { readonly channel: Channel };
  'dossier-reopened': { readonly reasonCode?: string };
  'financial-obligation-requested': { readonly pausesClock: boolean };
  'financial-obligation-fulfilled': Record<never, never>;
  /** `dossiers` alone decides a due instant and states it; nobody else derives one. Occurs when the due takes force. */
  'due-date-set': {
    readonly dueAt: Instant; readonly basis: DueBasis; readonly cause: DueCause;
    /** The due that the procedure's term gives, shown beside a stated one. */
    readonly computedDueAt?: Instant;
    readonly calendarVersion: string;
  };
  /**
   * `before` and `after` are instants (ms) or codes, as the field is; no `before`: the source had not said it yet.
   * Takes effect from the instant of the fact it corrects.
   */
  'dossier-corrected': {
    readonly field: CorrectableField;
    /** Step or supplement that is meant, for the fields of one. */
    readonly part?: string;
    readonly before?: string | number; readonly after: string | number; readonly reasonCode: string;
  };
  'dossier-voided': { readonly reason: 'deleted' | 're-created' };
  /**
   * A source stated another value than the one that stands, and it was not followed. Occurs when it is heard. `latestAt` and
   * `outrankedBy`: the latest instant that the statement names, and that of what stands; if equal its status ranks lower.
   */
  'statement-not-followed': {
    readonly field: StatedField;
    /** Step or supplement that is meant, for the fields of one. */
    readonly part?: string;
    readonly stated: string | number; readonly standing: string | number;
    readonly source: string; readonly cause: NotFollowedCause;
    readonly latestAt?: Instant; readonly outrankedBy?: Instant;
  };
}

export type DossierFactKind = keyof DossierFactBodies;

export interface FactHead {
  readonly dossier: DossierId;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** Topic and place among the records of this key in it, from 1 without gaps: breaks ties in the fold order. */
  readonly topic: string;
  readonly sequence: number;
  readonly timeBasis: TimeBasis;
  /** Set on bulk loads, which no integrity rule counts (lifecycle.md §6). */
  readonly backfill?: boolean;
}

export type DossierFact = {
  readonly [Kind in DossierFactKind]: FactHead & { readonly kind: Kind; readonly body: DossierFactBodies[Kind] };
}[DossierFactKind];

export type DossierFactOf<Kind extends DossierFactKind> = Extract<DossierFact, { readonly kind: Kind }>;
