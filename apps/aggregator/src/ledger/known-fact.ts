import type { DossierFact } from '@index766/dossier-life';
import type { Instant } from '@index766/kernel';

/** A fact and when it counts as known (`knownAtOf` of platform-kafka). */
export interface KnownFact {
  readonly fact: DossierFact;
  readonly knownAt: Instant;
}
