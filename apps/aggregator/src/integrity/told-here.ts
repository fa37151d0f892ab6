import { compareText, type DossierId } from '@index766/kernel';

import type { IntegrityFlag } from './integrity-flags';

/** Dossiers of a unit in the partitions of one member that a flag about no single fact may be about. */
export interface Suspects {
  readonly corrected: readonly DossierId[];
  readonly voided: readonly DossierId[];
}

/**
 * Which flags about no single fact one of the members that share a unit tells: a dossier that was made again by whoever owns the one that
 * was voided, many corrections by whoever owns the first of the dossiers that were corrected.
 *
 * @param corrected all dossiers of the unit that were corrected at the week's end, whoever owns them
 */
export function toldHere(flags: readonly IntegrityFlag[], corrected: readonly DossierId[], own: Suspects): readonly IntegrityFlag[] {
  const [first] = [...corrected].sort(compareText);
  const [owned, voided] = [new Set(own.corrected), new Set(own.voided)];
  return flags.filter(({ flag, other }) => (flag === 're-created'
    ? other !== null && voided.has(other)
    : flag === 'bulk-corrections' && first !== undefined && owned.has(first)));
}
