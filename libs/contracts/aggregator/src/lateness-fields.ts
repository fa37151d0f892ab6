import { wireInstant, wireOfficerPseudonym, wireProcedureCode, wireUnitCode } from '@index766/contracts-envelope';
import { z } from 'zod';

/** What every event about the lateness of a dossier says: how it stood. The key of the record is the dossier. */
export const latenessFields = {
  /** Holds it. */
  unit: wireUnitCode.optional(),
  procedure: wireProcedureCode.optional(),
  /** Of the step that it is at: a pseudonym, never a name. */
  officer: wireOfficerPseudonym.optional(),
  /** The division's name, as the facts of the dossier have it. */
  department: z.string().min(1).max(200).optional(),
  /** When what caused it came to be: of a due instant, when that took force. */
  causedAt: wireInstant,
};
