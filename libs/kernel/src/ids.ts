import type { Brand } from './brand';

/** National code of a dossier (MaHoSo), normalised: NFC, no white space, upper case. */
export type DossierId = Brand<string, 'DossierId'>;
/** Code of a unit that has an index of its own: `H44`, `H44.114`. */
export type UnitCode = Brand<string, 'UnitCode'>;
/** National code of a procedure (MaTTHC): `2.000815`. */
export type ProcedureCode = Brand<string, 'ProcedureCode'>;
/** Code of a petition (phản ánh, kiến nghị) as the office that takes it in numbers it, normalised as a dossier's is. */
export type PetitionId = Brand<string, 'PetitionId'>;
/** Stands for an officer wherever a name may not appear: 32 hexadecimal digits. */
export type OfficerPseudonym = Brand<string, 'OfficerPseudonym'>;
export type StepId = Brand<string, 'StepId'>;
export type SupplementId = Brand<string, 'SupplementId'>;

const CODE = /^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,63}$/u;
const PSEUDONYM = /^[0-9a-f]{32}$/;

/** A code as sources, people and reasons have it: letters, digits and `. _ / -`, no white space, so that no sentence fits in. */
export function isCode(text: string): boolean {
  return CODE.test(text);
}

/** The form in which one dossier has one name, however its source wrote it (national-sync.md). */
export function parseDossierId(text: string): DossierId | undefined {
  const normalised = text.normalize('NFC').replace(/\s+/gu, '').toUpperCase();
  return isCode(normalised) ? (normalised as DossierId) : undefined;
}

/** The form in which one petition has one name, however it was written. */
export function parsePetitionId(text: string): PetitionId | undefined {
  const normalised = text.normalize('NFC').replace(/\s+/gu, '').toUpperCase();
  return isCode(normalised) ? (normalised as PetitionId) : undefined;
}

export function parseUnitCode(text: string): UnitCode | undefined {
  const normalised = text.normalize('NFC').trim().toUpperCase();
  return isCode(normalised) ? (normalised as UnitCode) : undefined;
}

export function parseProcedureCode(text: string): ProcedureCode | undefined {
  const normalised = text.normalize('NFC').trim().toUpperCase();
  return isCode(normalised) ? (normalised as ProcedureCode) : undefined;
}

export function parseOfficerPseudonym(text: string): OfficerPseudonym | undefined {
  return PSEUDONYM.test(text) ? (text as OfficerPseudonym) : undefined;
}

/**
 * The unit that created a dossier, in front of its code: `H44.114` of `H44.114-20261005-0001`. Undefined for a code of
 * another form.
 */
export function unitInCode(dossier: DossierId): UnitCode | undefined {
  const dash = dossier.indexOf('-');
  return dash > 0 ? parseUnitCode(dossier.slice(0, dash)) : undefined;
}

/** Orders texts by code unit: the same on every machine, unlike a locale's order. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
