import { defineFact, factFields } from '@index766/contracts-envelope';
import { amountFrom, paymentKey, providerReference } from '../payment-fields';
import example from './payment-refunded.v1.example.json';

/** A payment, or a part of it, went back, from this instant on. */
export const paymentRefundedV1 = defineFact({
  type: 'payments.payment-refunded.v1',
  schema: factFields({
    ...paymentKey,
    /** Tells several refunds of one payment apart; reported again it is one refund. */
    refund: providerReference,
    /** Whole đồng; absent: the whole payment. */
    amount: amountFrom(1).optional(),
  }),
  example,
});
