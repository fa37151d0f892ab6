import { isCode, ok, refused, type Instant, type Result, type UnitCode } from '@index766/kernel';
import { ALL_UNITS, checkCovers, hasRole, type Principal } from '@index766/platform-auth';

import { ancestorsOf, type UnitDirectory } from '../domain/unit';
import type { Clock } from './ports';

/** Whether the caller may act for a unit; null stands for what concerns every unit. */
export function checkAuthority(
  principal: Principal, unit: UnitCode | null, directory: UnitDirectory, path: string,
): Result<undefined> {
  if (unit === null) {
    return principal.units.includes(ALL_UNITS)
      ? ok(undefined)
      : refused('AUTH.UNIT_OUT_OF_SCOPE', 'this concerns every unit and needs a token for all units', path);
  }
  const covered = checkCovers(principal, unit, (code) => ancestorsOf(directory, code), path);
  return covered.ok ? ok(undefined) : covered;
}

/**
 * When what is being recorded counts as recorded: now, unless a caller with the role `replay` states an earlier instant
 * (lifecycle.md §1).
 */
export function recordingInstant(stated: Instant | undefined, principal: Principal, clock: Clock): Result<Instant> {
  const now = clock.now();
  if (stated === undefined) return ok(now);
  if (!hasRole(principal, 'replay')) {
    return refused('RECORDED_AT.NOT_ALLOWED', 'only the role replay states when something was recorded', 'X-Recorded-At');
  }
  return stated > now ? refused('RECORDED_AT.IN_FUTURE', 'nothing was recorded later than now', 'X-Recorded-At') : ok(stated);
}

/** The code that stands for the caller on a public topic: no name, no address. */
export function reporterOf({ subject }: Principal): Result<string> {
  return isCode(subject)
    ? ok(subject)
    : refused('FIGURE.NO_REPORTER', 'the subject of the token is no code of letters, digits and . _ / -, so it cannot stand as the reporter');
}
