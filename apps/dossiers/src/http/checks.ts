import { parseInstant, parseProcedureCode, parseUnitCode } from '@index766/kernel';
import { ValidateBy } from 'class-validator';
import { parseDueText } from './due-text';

/** An instant with an offset: `2026-10-01T00:00:00.000Z`. */
export const IsInstantText = (): PropertyDecorator =>
  textThat('isInstantText', 'is an instant, written 2026-10-01T00:00:00.000Z', (text) => parseInstant(text) !== undefined);

/** A due date: an instant, or a day, which means its 24:00. */
export const IsDueText = (): PropertyDecorator =>
  textThat('isDueText', 'is an instant or a day, written 2026-10-31', (text) => parseDueText(text) !== undefined);

/** A code of a unit in its one form: upper case, no white space. */
export const IsUnitCode = (): PropertyDecorator =>
  textThat('isUnitCode', 'is a code of a unit, in upper case', (text) => parseUnitCode(text) === text);

export const IsProcedureCode = (): PropertyDecorator =>
  textThat('isProcedureCode', 'is a code of a procedure', (text) => parseProcedureCode(text) === text);

const CODE = /^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,63}$/u;
const PART = /^\S{1,200}$/u;

/** A code without white space, so that no sentence fits in. */
export const IsCode = (): PropertyDecorator => textThat('isCode', 'is a code of letters, digits and . _ / -', (text) => CODE.test(text));

/** The id of a step or a supplement inside its dossier. */
export const IsPartId = (): PropertyDecorator => textThat('isPartId', 'is an id without white space', (text) => PART.test(text));

function textThat(name: string, what: string, accepts: (text: string) => boolean): PropertyDecorator {
  return ValidateBy({
    name,
    validator: { validate: (value) => typeof value === 'string' && accepts(value), defaultMessage: () => `$property ${what}` },
  });
}
