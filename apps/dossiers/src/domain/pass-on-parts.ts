import type { PassedOnParts } from './dossier-state';
import type { IntakeParts } from './intake-parts';
import { compareRank, type SnapshotRank } from './snapshot';

/**
 * Whether the parts of a snapshot have to be passed on: contents that were not passed on before, and ones that come back
 * in a newer snapshot after others had taken their place.
 */
export function arePartsNew(parts: IntakeParts, rank: SnapshotRank, passedOn: readonly PassedOnParts[]): boolean {
  if (!passedOn.some(({ hash }) => hash === parts.hash)) return true;
  const newest = newestOf(passedOn);
  return newest !== undefined && newest.hash !== parts.hash && compareRank(rank, newest.rank) > 0;
}

function newestOf(passedOn: readonly PassedOnParts[]): PassedOnParts | undefined {
  return passedOn.reduce<PassedOnParts | undefined>(
    (newest, each) => (newest === undefined || compareRank(each.rank, newest.rank) >= 0 ? each : newest), undefined,
  );
}
