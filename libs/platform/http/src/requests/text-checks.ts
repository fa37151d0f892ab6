import { isCode, parseInstant, parseProcedureCode, parseUnitCode } from '@index766/kernel';
import { ValidateBy, type ValidationOptions } from 'class-validator';

/** A check of a DTO's field that takes texts of one form; `what` ends the sentence "<field> …". */
export function textThat(name: string, what: string, accepts: (text: string) => boolean, options?: ValidationOptions): PropertyDecorator {
  return ValidateBy({
    name,
    validator: { validate: (value) => typeof value === 'string' && accepts(value), defaultMessage: () => `$property ${what}` },
  }, options);
}

/** An instant with an offset: `2026-10-01T00:00:00.000Z`. */
export const IsInstantText = (options?: ValidationOptions): PropertyDecorator =>
  textThat('isInstantText', 'is an instant, written 2026-10-01T00:00:00.000Z', (text) => parseInstant(text) !== undefined, options);

/** A code of a unit in its one form: upper case, no white space. */
export const IsUnitCode = (options?: ValidationOptions): PropertyDecorator =>
  textThat('isUnitCode', 'is a code of a unit, in upper case', (text) => parseUnitCode(text) === text, options);

export const IsProcedureCode = (options?: ValidationOptions): PropertyDecorator =>
  textThat('isProcedureCode', 'is a code of a procedure, in upper case', (text) => parseProcedureCode(text) === text, options);

/** A code without white space, so that no sentence fits in. */
export const IsCode = (options?: ValidationOptions): PropertyDecorator =>
  textThat('isCode', 'is a code of letters, digits and . _ / -', (text) => isCode(text), options);
