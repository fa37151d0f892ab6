import {
  parseDossierId, parseInstant, parseLocalDay, parseOfficerPseudonym, parsePetitionId, parseProcedureCode, parseUnitCode,
} from '@index766/kernel';
import { z } from 'zod';

/** An instant on the wire: RFC 3339 with an offset, written by `formatInstant`, a day that exists. */
export const wireInstant = z
  .string()
  .refine((text) => parseInstant(text) !== undefined)
  .meta({ format: 'date-time' });

/** A calendar day in Asia/Ho_Chi_Minh: `2026-10-31`. */
export const wireLocalDay = z
  .string()
  .refine((text) => parseLocalDay(text) !== undefined)
  .meta({ format: 'date' });

/** Codes travel in their normalised form only: another form of the same code would be another key. */
export const wireDossierId = normalisedCode(parseDossierId);
export const wirePetitionId = normalisedCode(parsePetitionId);
export const wireUnitCode = normalisedCode(parseUnitCode);
export const wireProcedureCode = normalisedCode(parseProcedureCode);

export const wireOfficerPseudonym = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .refine((text) => parseOfficerPseudonym(text) !== undefined);

/** A code of a source: letters, digits and `. _ / -`, no white space, so that no sentence fits in. */
export const wireCode = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,63}$/u);

function normalisedCode(parse: (text: string) => string | undefined): z.ZodString {
  return z.string().min(1).max(64).refine((text) => parse(text) === text);
}
