import { amountFrom, providerName, providerReference } from '@index766/contracts-payments';
import { textThat } from '@index766/platform-http';
import { parseDossierId } from '@index766/kernel';
import { ValidateBy } from 'class-validator';

/** Whole đồng, at least so many. */
export const IsAmount = (least: 0 | 1): PropertyDecorator => ValidateBy({
  name: 'isAmount',
  validator: { validate: (value) => amountFrom(least).safeParse(value).success, defaultMessage: () => `$property is a whole number of đồng from ${least}` },
});

export const IsProviderName = (): PropertyDecorator =>
  textThat('isProviderName', 'is a name of lower-case letters, digits and -', (text) => providerName.safeParse(text).success);

/** What a provider calls a payment, a refund or an event. */
export const IsReference = (): PropertyDecorator =>
  textThat('isReference', 'is a reference of letters, digits and . _ : / -', (text) => providerReference.safeParse(text).success);

export const IsDossierCode = (): PropertyDecorator =>
  textThat('isDossierCode', 'is a code of a dossier', (text) => parseDossierId(text) !== undefined);
