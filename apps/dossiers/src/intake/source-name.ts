import { ok, parseUnitCode, refused, type Result, type UnitCode } from '@index766/kernel';
import { isSourceName, SOURCE_NAME_FORM, type Principal } from '@index766/platform-auth';

/** The name of the source behind a token: its subject. */
export function sourceNameOf({ subject }: Principal): Result<string> {
  return isSourceName(subject)
    ? ok(subject)
    : refused('PUSH.NO_SOURCE_NAME', `the subject of the token is no name of a source: ${SOURCE_NAME_FORM}`);
}

/** Where neither the dossier's code nor the token names a unit, officers are told apart by name and department alone. */
const NO_UNIT = 'UNKNOWN' as UnitCode;

/** The unit that a source is registered for: the first of its token. */
export function sourceUnitOf({ units }: Principal): UnitCode {
  return units.map((unit) => parseUnitCode(unit)).find((unit) => unit !== undefined) ?? NO_UNIT;
}
