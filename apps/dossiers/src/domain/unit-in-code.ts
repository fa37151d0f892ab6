import { parseUnitCode, type DossierId, type UnitCode } from '@index766/kernel';

/**
 * The unit that created a dossier, in front of its code: `H44.114` of `H44.114-20261005-0001`. Undefined for a code of
 * another form.
 */
export function unitInCode(dossier: DossierId): UnitCode | undefined {
  const dash = dossier.indexOf('-');
  return dash > 0 ? parseUnitCode(dossier.slice(0, dash)) : undefined;
}
