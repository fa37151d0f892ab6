import type { DossierFact } from '@index766/dossier-life';
import type { Instant } from '@index766/kernel';

/**
 * A fact and when it counts as known: `max(recordedAt, last watermark before its first copy in the log)`, so that the
 * log decides and no clock can slip a fact into a closed week (architecture: watermarks).
 */
export interface KnownFact {
  readonly fact: DossierFact;
  readonly knownAt: Instant;
}

/** The known instant of a fact that follows watermark `knownAfter` (undefined: none was seen yet) in its partition. */
export function knownAtOf(recordedAt: Instant, knownAfter: Instant | undefined): Instant {
  return knownAfter !== undefined && knownAfter > recordedAt ? knownAfter : recordedAt;
}
