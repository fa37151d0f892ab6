import type { Instant } from '@index766/kernel';
import { NO_DOCUMENTS, type DocumentView } from './view';

/**
 * What is so of a dossier's papers at an instant (index-766.md, indicators 4.1 to 4.5b and plan target II.8). Facts count
 * that occurred before `before`: for a period that has ended this is its end, for one that runs the instant after as-of.
 */
export interface DocumentStanding {
  /** With digitised components (4.2). */
  readonly digitised: boolean;
  /** At least one component reused (4.3). */
  readonly reused: boolean;
  /** With data of the population (4.5a, 4.5b). */
  readonly populationData: boolean;
  /** With an electronic result (4.1, 4.2). */
  readonly resultIssued: boolean;
  /** A component from the personal store, or a result linked to it (4.4). */
  readonly personalStore: boolean;
  /** Digitised, signed and archived (II.8). */
  readonly signedAndArchived: boolean;
}

export function documentStanding(view: DocumentView, before: Instant): DocumentStanding {
  const isSo = (at: Instant | null): boolean => at !== null && at < before;
  return {
    digitised: isSo(view.digitisedAt),
    reused: isSo(view.reusedAt),
    populationData: isSo(view.populationDataAt),
    resultIssued: isSo(view.resultIssuedAt),
    personalStore: isSo(view.fromPersonalStoreAt) || isSo(view.resultLinkedAt),
    signedAndArchived: isSo(view.digitisedAt) && isSo(view.resultSignedAt) && isSo(view.resultArchivedAt),
  };
}

/** The next instant after `at` from which the standing may differ; null: none is known. */
export function nextChangeAfter(view: DocumentView, at: Instant): Instant | null {
  let next: Instant | null = null;
  for (const name of NAMES) {
    const instant = view[name];
    if (instant !== null && instant > at && (next === null || instant < next)) next = instant;
  }
  return next;
}

const NAMES = Object.keys(NO_DOCUMENTS) as readonly (keyof DocumentView)[];
