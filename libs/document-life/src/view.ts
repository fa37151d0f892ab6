import type { Instant } from '@index766/kernel';
import type { DocumentFactKind } from './facts';

/** What the facts about a dossier's papers fold to: the first instant at which each of it was so; null: it never was. */
export interface DocumentView {
  /** A component is there as digitised data. */
  readonly digitisedAt: Instant | null;
  /** A component was reused from digitised data. */
  readonly reusedAt: Instant | null;
  /** A component came from the applicant's personal store. */
  readonly fromPersonalStoreAt: Instant | null;
  /** A VNeID-verified account, or a database that the dossier was checked against. */
  readonly populationDataAt: Instant | null;
  /** There is an electronic result. */
  readonly resultIssuedAt: Instant | null;
  readonly resultSignedAt: Instant | null;
  readonly resultArchivedAt: Instant | null;
  /** A result can be found in the applicant's personal store. */
  readonly resultLinkedAt: Instant | null;
}

/** The instant of the view that each kind of fact moves. */
export const INSTANT_OF_KIND = {
  'component-digitised': 'digitisedAt',
  'component-reused': 'reusedAt',
  'component-taken-from-personal-store': 'fromPersonalStoreAt',
  'population-data-used': 'populationDataAt',
  'electronic-result-issued': 'resultIssuedAt',
  'result-signed': 'resultSignedAt',
  'result-archived': 'resultArchivedAt',
  'result-linked-to-personal-store': 'resultLinkedAt',
} as const satisfies Record<DocumentFactKind, keyof DocumentView>;

/** A dossier of whose papers nothing is known. */
export const NO_DOCUMENTS: DocumentView = {
  digitisedAt: null, reusedAt: null, fromPersonalStoreAt: null, populationDataAt: null,
  resultIssuedAt: null, resultSignedAt: null, resultArchivedAt: null, resultLinkedAt: null,
};
