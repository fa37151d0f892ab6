import { defineErrorCodes } from '@index766/platform-http';

/** Refusals of the payments service. */
export const PAYMENTS_ERROR_CODES = defineErrorCodes({
  'PAYMENT.DOSSIER_UNKNOWN': { status: 404, meaning: 'Nothing of this dossier has come here yet; a dossier that was just made comes within seconds.' },
  'PAYMENT.IN_FUTURE': { status: 422, meaning: 'Money does not move in the future; the instant is wrong.' },
  'PAYMENT.TOO_MANY_FACTS': { status: 409, meaning: 'The dossier has as many facts about money as one may have.' },
  'PAYMENT.FEE_UNKNOWN': { status: 409, meaning: 'No fee of this code was assessed; assess it first.' },
  'PAYMENT.NOTHING_OWED': { status: 409, meaning: 'Nothing of this fee is owed, so there is nothing to waive.' },
  'PAYMENT.WAIVER_EXCEEDS_FEE': { status: 409, meaning: 'The waiver is larger than what is owed of the fee.' },
  'PAYMENT.PROVIDER_RESERVED': { status: 422, meaning: 'The name stands for payments that no provider reports.' },
  'PAYMENT.ALREADY_REQUESTED': { status: 409, meaning: 'Another amount was asked for under this reference; use a new reference.' },
  'PAYMENT.ALREADY_SUCCEEDED': { status: 409, meaning: 'The payment was made already.' },
  'PAYMENT.AMOUNT_MISMATCH': { status: 409, meaning: 'The same receipt or refund was recorded with another amount.' },
  'PAYMENT.NOT_SUCCEEDED': { status: 409, meaning: 'No payment under this reference had succeeded at that instant.' },
  'PAYMENT.ALREADY_REFUNDED': { status: 409, meaning: 'All of the payment went back already.' },
  'PAYMENT.AMOUNT_UNKNOWN': { status: 409, meaning: 'How much was paid is not known; refund the payment as a whole.' },
  'PAYMENT.REFUND_EXCEEDS_PAYMENT': { status: 409, meaning: 'The refund is larger than what is left of the payment.' },
  'PAYMENT.NOT_PARKED': { status: 404, meaning: 'No event of this id waits for the dossier.' },

  'PROVIDER.SIGNATURE_MISSING': { status: 401, meaning: 'An event comes with a timestamp and a signature in its headers.' },
  'PROVIDER.SIGNATURE_INVALID': { status: 401, meaning: 'The provider is unknown, or the signature is of none of its keys over timestamp and body.' },
  'PROVIDER.TIMESTAMP_OUT_OF_WINDOW': { status: 400, meaning: 'The event was signed too long ago or in the future; sign it again with the time of now.' },
  'PAYMENT.EVENT_CONFLICT': { status: 409, meaning: 'The id of the event came with another content before; a new event has a new id.' },
  'PAYMENT.TOO_MANY_PARKED': { status: 409, meaning: 'Too many events of the dossier wait for something; an operator has to look at them.' },
});
