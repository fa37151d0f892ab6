import type { DossierView } from '@index766/dossier-life';
import { placeOf, type UnitTree } from '@index766/index-766';
import { formatInstant, type Period, type UnitCode } from '@index766/kernel';

import { countFlags, integrityFlags, type IntegrityFlag } from '../integrity';

/**
 * How often each rule flagged something of a unit and all below it, and the flags of the unit itself.
 *
 * @param reviewed what reviewers said of flags that are about no single fact, added to them
 */
export function integrityDocument(
  views: readonly DossierView[], unit: UnitCode, period: Period, tree: UnitTree, reviewed: (flags: readonly IntegrityFlag[]) => readonly IntegrityFlag[],
): object {
  const flags = reviewed(integrityFlags(views, period, period.end, (holder) => placeOf(tree, holder)));
  return {
    counts: countFlags(flags).filter(({ raised }) => raised > 0),
    flags: flags.filter((each) => each.unit === unit).map(({ flag, dossier, change, recordedAt, review, other, bulk }) => ({
      flag, dossier, change, recordedAt: formatInstant(recordedAt), review, other, bulk,
    })),
  };
}
