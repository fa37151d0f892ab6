import { wireLocalDay } from '@index766/contracts-envelope';
import { formatLocalDay, type LocalDay } from '@index766/kernel';
import { z } from 'zod';

/** Fields that every versioned record has beside its own. */
export const versioned = {
  /** 1, 2, 3 … of one key, the same as the record's sequence. */
  version: z.int().min(1),
  /** First day on which the version holds. */
  validFrom: wireLocalDay,
  /** Last day, inclusive; absent: no end is known. */
  validTo: wireLocalDay.optional(),
};

export interface ReferenceVersion {
  readonly version: number;
  readonly validFrom: string;
  readonly validTo?: string | undefined;
}

/**
 * The version of one key that holds on a day: the one that began last, of several with the same beginning the latest
 * known. Undefined before the first, and after the end of that one: an earlier version does not come back. So a
 * correction of the past leaves alone what began later, and versions may become known in any order.
 *
 * @param versions those known at K, in any order: leaving out later-recorded ones gives what was known then.
 */
export function versionInForce<Version extends ReferenceVersion>(
  versions: Iterable<Version>, day: LocalDay,
): Version | undefined {
  const begun = versionBegun(versions, day);
  // Days of the form yyyy-mm-dd sort as texts.
  return begun?.validTo !== undefined && begun.validTo < formatLocalDay(day) ? undefined : begun;
}

/** As `versionInForce`, and the last one when all have ended: it says what comes after them. */
export function versionBegun<Version extends ReferenceVersion>(versions: Iterable<Version>, day: LocalDay): Version | undefined {
  const on = formatLocalDay(day);
  let decisive: Version | undefined;
  for (const each of versions) {
    if (each.validFrom <= on && (decisive === undefined || beganLater(each, decisive))) decisive = each;
  }
  return decisive;
}

function beganLater(a: ReferenceVersion, b: ReferenceVersion): boolean {
  return a.validFrom === b.validFrom ? a.version > b.version : a.validFrom > b.validFrom;
}
