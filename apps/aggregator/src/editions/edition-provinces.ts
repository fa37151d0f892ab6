import type { UnitTree } from '@index766/index-766';
import type { LocalDay, Period, UnitCode } from '@index766/kernel';

import type { Reference } from '../reference';
import { catalogKnownBy, type Visibility } from './visibility';

export function isProvince(reference: Reference, province: UnitCode, period: Period): boolean {
  return reference.treeOn(period.lastDay).nodes.get(province)?.level === 'PROVINCE';
}

export function isAutomatic(reference: Reference, province: UnitCode, period: Period): boolean {
  const since = reference.reportingSinceOf(province);
  return since !== undefined && period.lastDay > since && isProvince(reference, province, period);
}

/** Those of a day: a province that is no more has its editions of the periods that it was there at the end of. */
export function provincesThatReport(reference: Reference, day: LocalDay): readonly UnitCode[] {
  return [...reference.treeOn(day).nodes.values()]
    .filter(({ code, level }) => level === 'PROVINCE' && reference.reportingSinceOf(code) !== undefined)
    .map(({ code }) => code);
}

/** The tree of a period as an edition sees it; undefined: there is none yet, and it is as it is known now. */
export function treeSeenBy(reference: Reference, period: Period, seen: Visibility | undefined): UnitTree {
  return (seen === undefined ? reference : reference.knownBy(catalogKnownBy(seen))).treeOn(period.lastDay);
}
