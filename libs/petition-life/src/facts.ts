import type { DossierId, Instant, PetitionId, UnitCode } from '@index766/kernel';

/** About rules and procedures, about officers' conduct, or neither (lifecycle.md §7). */
export type PetitionClass = 'rules' | 'conduct' | 'other';

/** What a petition is about: the answer to an earlier one, a dossier, both, or (empty) neither. */
export interface PetitionAbout {
  readonly petition?: PetitionId;
  readonly dossier?: DossierId;
}

/** The body of each fact of a petition's life, by its kind (facts.md, ADR 0130). */
export interface PetitionFactBodies {
  'petition-received': { readonly unit: UnitCode; readonly class: PetitionClass; readonly about?: PetitionAbout };
  /** Corrects the class that it was received with, from the receipt on. */
  'petition-classified': { readonly class: PetitionClass };
  'petition-transferred': { readonly unit: UnitCode };
  'petition-refused': { readonly reasonCode?: string };
  'petition-supplement-requested': Record<never, never>;
  'petition-supplement-completed': Record<never, never>;
  'petition-answered': Record<never, never>;
  'petition-published': Record<never, never>;
  /** The petitioner's word on the answer; a later one replaces it. */
  'answer-rated': { readonly satisfied: boolean };
  /** All that it is about now. */
  'petition-about-changed': { readonly about?: PetitionAbout };
  /** A later petition is about the answer to this one. */
  'petition-repeated': { readonly by: PetitionId };
  'petition-repeat-withdrawn': { readonly by: PetitionId };
}

export type PetitionFactKind = keyof PetitionFactBodies;

export interface PetitionFactHead {
  readonly petition: PetitionId;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** Place among the petition's records on its topic, from 1 without gaps. */
  readonly sequence: number;
  readonly timeBasis: 'stated' | 'inferred';
  /** Set on bulk loads, which no integrity rule counts (lifecycle.md §6). */
  readonly backfill?: boolean;
}

export type PetitionFact = {
  readonly [Kind in PetitionFactKind]: PetitionFactHead & { readonly kind: Kind; readonly body: PetitionFactBodies[Kind] };
}[PetitionFactKind];

export type PetitionFactOf<Kind extends PetitionFactKind> = Extract<PetitionFact, { readonly kind: Kind }>;
