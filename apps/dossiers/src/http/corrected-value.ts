import type { CorrectableField } from '@index766/dossier-life';
import { ok, parseInstant, parseProcedureCode, parseUnitCode, refused, type Result } from '@index766/kernel';
import { parseDueText } from './due-text';

const CHANNELS: ReadonlySet<string> = new Set(['in-person', 'online', 'postal']);

/** Reads the right value of a correction as its field has it: a code, or milliseconds of an instant. */
export function parseCorrectedValue(field: CorrectableField, text: string): Result<string | number> {
  const value = readValue(field, text);
  return value === undefined ? refused('REQUEST.INVALID', 'the value is not of the form of its field', 'after') : ok(value);
}

function readValue(field: CorrectableField, text: string): string | number | undefined {
  switch (field) {
    case 'unit':
      return parseUnitCode(text);
    case 'procedure':
      return parseProcedureCode(text);
    case 'channel':
      return CHANNELS.has(text) ? text : undefined;
    case 'stated-due-at':
    case 'step-deadline':
      return parseDueText(text);
    default:
      return parseInstant(text);
  }
}
