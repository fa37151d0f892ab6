import type { CorrectableField } from '@index766/dossier-life';
import type { Instant } from '@index766/kernel';
import type { Findings } from './findings';
import type { KnownInstant } from './known-dossier';

/** Settles the instant of an event that is known; one that is not known is no matter of correction. */
export function settleEvent(
  findings: Findings, field: CorrectableField, known: KnownInstant | undefined, stated: Instant | undefined, part?: string,
): void {
  if (known === undefined) return;
  findings.settle({ field, ...(part === undefined ? {} : { part }) }, { value: known.at, inferred: known.inferred }, stated);
}
