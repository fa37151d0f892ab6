import type { Cohort, Push } from '@index766/sample';

/** Pushes about a few dossiers, in the order in which they are sent; no other parcel has anything of these dossiers. */
export interface Parcel {
  readonly dossiers: readonly string[];
  readonly pushes: readonly Push[];
}

const DOSSIERS_PER_PARCEL = 4;

/**
 * The pushes of these dossiers in parcels. Of each dossier every push has the same elements as in its cohort, in the same
 * order, so that the same facts follow in the same sequence.
 */
export function parcelsOf(cohorts: readonly Cohort[], isWanted: (dossier: string) => boolean): readonly Parcel[] {
  return cohorts.flatMap(({ pushes }) => {
    const dossiers = [...new Set(pushes.flatMap(({ data }) => data.map(({ MaHoSo }) => MaHoSo)))].filter(isWanted);
    return inGroups(dossiers, DOSSIERS_PER_PARCEL).map((group) => ({ dossiers: group, pushes: pushesAbout(new Set(group), pushes) }));
  });
}

function pushesAbout(dossiers: ReadonlySet<string>, pushes: readonly Push[]): readonly Push[] {
  return pushes
    .map((push) => ({ ...push, data: push.data.filter(({ MaHoSo }) => dossiers.has(MaHoSo)) }))
    .filter(({ data }) => data.length > 0);
}

/** Groups of `size` items, the last one smaller. */
export function inGroups<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
