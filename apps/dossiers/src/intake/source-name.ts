import { ok, parseUnitCode, refused, type Result, type UnitCode } from '@index766/kernel';
import type { Principal } from '@index766/platform-auth';

/** As the contracts have it: the name of a system, which stands on public topics. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._:@/-]{0,127}$/u;

/** The name of the source behind a token: its subject. */
export function sourceNameOf({ subject }: Principal): Result<string> {
  return NAME.test(subject)
    ? ok(subject)
    : refused('PUSH.NO_SOURCE_NAME', 'the subject of the token is no name of a source: letters, digits and . _ : @ / -');
}

/** Where neither the dossier's code nor the token names a unit, officers are told apart by name and department alone. */
const NO_UNIT = 'UNKNOWN' as UnitCode;

/** The unit that a source is registered for: the first of its token. */
export function sourceUnitOf({ units }: Principal): UnitCode {
  return units.map((unit) => parseUnitCode(unit)).find((unit) => unit !== undefined) ?? NO_UNIT;
}
