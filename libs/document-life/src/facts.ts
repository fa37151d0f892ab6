import type { DossierId, Instant } from '@index766/kernel';

/** Which paper of the dossier; neither: one that the source does not name. */
export interface ComponentKey {
  /** MaThanhPhanHoSo */
  readonly component?: string;
  /** TepDinhKemId: tells several files of one component apart. */
  readonly attachment?: string;
}

/** Where data of the population came from: a VNeID-verified account, or a database (DSKetNoiCSDL). */
export type PopulationSource = 'verified-account' | 'population-database';

/** Names a result inside its dossier: MaGiayToKetQua, else GiayToId. */
export interface ResultKey {
  readonly result: string;
}

/** What a fact is about. */
export interface DocumentThing extends ComponentKey, Partial<ResultKey> {
  readonly by?: PopulationSource;
  /** MaCSDL */
  readonly database?: string;
}

/** Set where a later push says that it was not so: takes back what pushes had said, from the beginning on. */
export interface Retractable {
  readonly retracted?: true;
}

/** The body of each fact about the papers of a dossier, by its kind (facts.md). */
export interface DocumentFactBodies {
  'component-digitised': ComponentKey & Retractable;
  'component-reused': ComponentKey & Retractable;
  'component-taken-from-personal-store': ComponentKey & Retractable;
  'population-data-used': Retractable & { readonly by: PopulationSource; readonly database?: string };
  /** No code: a result that the source does not name. */
  'electronic-result-issued': Partial<ResultKey>;
  'result-signed': ResultKey;
  'result-archived': ResultKey;
  'result-linked-to-personal-store': ResultKey;
}

export type DocumentFactKind = keyof DocumentFactBodies;

export interface DocumentFactHead {
  readonly dossier: DossierId;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** Place among the dossier's records on the topic of digitization, from 1 without gaps. */
  readonly sequence: number;
  /** `inferred`: a push said it, which states no instant; it is the receipt of the dossier, or its end (national-sync.md). */
  readonly timeBasis: 'stated' | 'inferred';
  /** Set on bulk loads, which no integrity rule counts (lifecycle.md §6). */
  readonly backfill?: boolean;
}

export type DocumentFact = {
  readonly [Kind in DocumentFactKind]: DocumentFactHead & { readonly kind: Kind; readonly body: DocumentFactBodies[Kind] };
}[DocumentFactKind];

export type DocumentFactOf<Kind extends DocumentFactKind> = Extract<DocumentFact, { readonly kind: Kind }>;
