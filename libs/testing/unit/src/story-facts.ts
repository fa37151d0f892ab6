import type { DossierId, Instant, OfficerPseudonym, ProcedureCode, StepId, SupplementId, UnitCode } from '@index766/kernel';

/**
 * The facts that a story is told in. They have the shape of the facts of `@index766/dossier-life` and are written out here
 * because that library's own specs use the stories: it must not be a dependency of what it is tested with. Where the
 * shapes part, those specs do not compile.
 */
export type StoryChannel = 'in-person' | 'online' | 'postal';
export type StoryDueCause =
  | 'received' | 'supplement-completed' | 'financial-obligation-fulfilled' | 'extended' | 'corrected' | 'procedure-changed'
  | 'calendar-changed';
export type StoryField =
  | 'unit' | 'procedure' | 'channel' | 'received-at' | 'refused-at' | 'finished-at' | 'returned-at' | 'withdrawn-at'
  | 'stopped-at' | 'stated-due-at' | 'step-deadline' | 'step-ended-at' | 'supplement-requested-at' | 'supplement-completed-at';

export interface StoryBodies {
  'dossier-registered': { readonly unit: UnitCode; readonly procedure: ProcedureCode; readonly channel: StoryChannel; readonly source: string };
  'dossier-received': {
    readonly unit: UnitCode; readonly procedure: ProcedureCode; readonly channel: StoryChannel; readonly source: string;
    readonly statedDueAt?: Instant; readonly pushed: boolean;
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
  'result-returned': { readonly channel: StoryChannel };
  'dossier-reopened': { readonly reasonCode?: string };
  'financial-obligation-requested': { readonly pausesClock: boolean };
  'financial-obligation-fulfilled': Record<never, never>;
  'due-date-set': {
    readonly dueAt: Instant; readonly basis: 'stated' | 'term'; readonly cause: StoryDueCause; readonly computedDueAt?: Instant;
    readonly calendarVersion: string;
  };
  'dossier-corrected': {
    readonly field: StoryField; readonly part?: string; readonly before: string | number; readonly after: string | number;
    readonly reasonCode: string;
  };
  'dossier-voided': { readonly reason: 'deleted' | 're-created' };
  'statement-not-followed': {
    readonly field: StoryField; readonly part?: string; readonly stated: string | number; readonly standing: string | number;
    readonly source: string; readonly cause: 'outranked' | 'other-source';
  };
}

export type StoryFactKind = keyof StoryBodies;

export type StoryFact = {
  readonly [Kind in StoryFactKind]: {
    readonly kind: Kind;
    readonly body: StoryBodies[Kind];
    readonly dossier: DossierId;
    readonly occurredAt: Instant;
    readonly recordedAt: Instant;
    readonly topic: string;
    readonly sequence: number;
    readonly timeBasis: 'stated' | 'inferred';
    readonly backfill?: boolean;
  };
}[StoryFactKind];
