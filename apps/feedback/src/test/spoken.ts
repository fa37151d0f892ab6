import { parseInstant, type DossierId, type Instant, type PetitionId, type Result, type UnitCode } from '@index766/kernel';
import { emptyPetition, type Petition } from '../domain/petition';
import { decidePetition, type PetitionCommand, type PetitionRules } from '../domain/petition-command';

/** `05 08:30` of October 2026, local time. */
export function october(text: string): Instant {
  const instant = parseInstant(`2026-10-${text.replace(' ', 'T')}:00+07:00`);
  if (instant === undefined) throw new Error(`${text} is no instant`);
  return instant;
}

export const DOSSIER = 'H44.114-20261005-0001' as DossierId;
export const PETITION = 'PAKN.20261005.0001' as PetitionId;
export const EARLIER = 'PAKN.20260921.0007' as PetitionId;
export const UNIT = 'H44.114' as UnitCode;
export const OTHER_UNIT = 'H44.27' as UnitCode;
export const NOBODYS_UNIT = 'H99.1' as UnitCode;

export const DAY_MS = 86_400_000;
/** Every unit but one is known; a rating may be changed for a week. */
export const RULES: PetitionRules = { isKnownUnit: (unit) => unit !== NOBODYS_UNIT, changeWithinMs: 7 * DAY_MS };
export const LATER = october('31 12:00');

/** What a result holds; a refusal fails the spec by its code. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'done' : result.error.code;
}

/** A petition after these commands, taken down one after another. */
export function petitionAfter(...commands: readonly PetitionCommand[]): Petition {
  return commands.reduce((state, command) => valueOf(decidePetition(state, command, LATER, RULES)).state, emptyPetition(PETITION));
}

export const received = (at = '05 08:30'): PetitionCommand => ({ command: 'receive', unit: UNIT, class: 'conduct', occurredAt: october(at) });
