import { verdict } from '@index766/contracts-feedback';
import { parseDossierId, parsePetitionId } from '@index766/kernel';
import { textThat } from '@index766/platform-http';
import { ValidateBy, ValidateIf } from 'class-validator';
import { TOKEN_FORM } from './rating-tokens';

/** Absent, or checked; `null` is not absent. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined);

export const IsToken = (): PropertyDecorator => textThat('isToken', 'is a token as the office gave it', (text) => TOKEN_FORM.test(text));

export const IsVerdict = (): PropertyDecorator => ValidateBy({
  name: 'isVerdict',
  validator: { validate: (value) => verdict.safeParse(value).success, defaultMessage: () => '$property is 1 to 5, like or dislike' },
});

export const IsDossierCode = (): PropertyDecorator =>
  textThat('isDossierCode', 'is a code of a dossier', (text) => parseDossierId(text) !== undefined);

export const IsPetitionCode = (): PropertyDecorator =>
  textThat('isPetitionCode', 'is a code of a petition', (text) => parsePetitionId(text) !== undefined);
