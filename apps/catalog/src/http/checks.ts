import { parseInstant, parseLocalDay, parseOfficerPseudonym, parseProcedureCode, parseUnitCode } from '@index766/kernel';
import { ValidateBy, ValidateIf, type ValidationOptions } from 'class-validator';

/** The field may be left out; null is refused, for it is no value of any optional field here. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** A day that exists, written `2026-10-31`. */
export const IsLocalDay = (options?: ValidationOptions): PropertyDecorator =>
  textThat('isLocalDay', 'is a day that exists, written 2026-10-31', (text) => parseLocalDay(text) !== undefined, options);

/** A code of a unit in its one form: upper case, no white space. */
export const IsUnitCode = (options?: ValidationOptions): PropertyDecorator =>
  textThat('isUnitCode', 'is a code of a unit, in upper case', (text) => parseUnitCode(text) === text, options);

export const IsProcedureCode = (options?: ValidationOptions): PropertyDecorator =>
  textThat('isProcedureCode', 'is a code of a procedure, in upper case', (text) => parseProcedureCode(text) === text, options);

export const IsPseudonym = (options?: ValidationOptions): PropertyDecorator =>
  textThat('isPseudonym', 'is a pseudonym: 32 hexadecimal digits', (text) => parseOfficerPseudonym(text) !== undefined, options);

/** An instant with an offset: `2026-10-01T00:00:00.000Z`. */
export const IsInstantText = (options?: ValidationOptions): PropertyDecorator =>
  textThat('isInstantText', 'is an instant, written 2026-10-01T00:00:00.000Z', (text) => parseInstant(text) !== undefined, options);

function textThat(name: string, what: string, accepts: (text: string) => boolean, options?: ValidationOptions): PropertyDecorator {
  return ValidateBy({
    name,
    validator: { validate: (value) => typeof value === 'string' && accepts(value), defaultMessage: () => `$property ${what}` },
  }, options);
}
