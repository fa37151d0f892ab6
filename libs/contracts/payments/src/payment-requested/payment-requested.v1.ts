import { defineFact, factFields } from '@index766/contracts-envelope';
import { amountFrom, paymentKey } from '../payment-fields';
import example from './payment-requested.v1.example.json';

/** The applicant was sent to a provider to pay. */
export const paymentRequestedV1 = defineFact({
  type: 'payments.payment-requested.v1',
  schema: factFields({
    ...paymentKey,
    /** Whole đồng. */
    amount: amountFrom(1),
  }),
  example,
});
