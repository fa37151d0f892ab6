import { parseLocalDay, parseOfficerPseudonym } from '@index766/kernel';
import { textThat } from '@index766/platform-http';
import { ValidateIf, type ValidationOptions } from 'class-validator';

/** The field may be left out; null is refused, for it is no value of any optional field here. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** A day that exists, written `2026-10-31`. */
export const IsLocalDay = (options?: ValidationOptions): PropertyDecorator =>
  textThat('isLocalDay', 'is a day that exists, written 2026-10-31', (text) => parseLocalDay(text) !== undefined, options);

export const IsPseudonym = (options?: ValidationOptions): PropertyDecorator =>
  textThat('isPseudonym', 'is a pseudonym: 32 hexadecimal digits', (text) => parseOfficerPseudonym(text) !== undefined, options);
