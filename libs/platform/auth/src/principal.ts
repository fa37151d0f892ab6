import { ok, refused, type Result, type UnitCode } from '@index766/kernel';

export const ROLES = [
  /** Pushes dossiers. */
  'source',
  /** May state when something was recorded: sample, tests, migration. */
  'replay',
  /** Commands on single dossiers. */
  'desk',
  /** Reference data. */
  'administrator',
  /** Reads officers' names. */
  'officer-list',
  /** Runs the system. */
  'operator',
  /** Accepts what integrity rules hold back. */
  'reviewer',
  /** Publishes editions. */
  'publisher',
] as const;
export type Role = (typeof ROLES)[number];

/** Scope of a principal that may act for every unit. */
export const ALL_UNITS = '*';

/** Who asks: what the token says, after its signature was checked. */
export interface Principal {
  readonly subject: string;
  readonly roles: readonly Role[];
  /** Codes of units; each stands for the unit and its descendants, `*` for all units. */
  readonly units: readonly string[];
}

/** Ancestors of a unit, nearest first or not; empty for a unit that is unknown or has none. */
export type AncestorsOf = (unit: UnitCode) => readonly UnitCode[];

export function hasRole(principal: Principal, role: Role): boolean {
  return principal.roles.includes(role);
}

/** Whether the principal's unit scope holds the unit: itself, an ancestor of it, or all units. */
export function covers(principal: Principal, unit: UnitCode, ancestorsOf: AncestorsOf): boolean {
  const scope = new Set(principal.units);
  if (scope.has(ALL_UNITS) || scope.has(unit)) return true;
  return scope.size > 0 && ancestorsOf(unit).some((ancestor) => scope.has(ancestor));
}

/** `covers` as a refusal that names the offending field. */
export function checkCovers(
  principal: Principal,
  unit: UnitCode,
  ancestorsOf: AncestorsOf,
  path?: string,
): Result<UnitCode> {
  return covers(principal, unit, ancestorsOf)
    ? ok(unit)
    : refused('AUTH.UNIT_OUT_OF_SCOPE', 'the token does not cover this unit; ask for one that does', path);
}

export function isRole(text: unknown): text is Role {
  return (ROLES as readonly unknown[]).includes(text);
}
