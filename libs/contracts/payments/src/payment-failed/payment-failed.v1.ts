import { defineFact, factFields, wireCode } from '@index766/contracts-envelope';
import { paymentKey } from '../payment-fields';
import example from './payment-failed.v1.example.json';

/**
 * A try to pay came to nothing. Beside a success of the same reference it counts for nothing, except of the provider
 * `national-sync`: there a later push takes back what an earlier one had stated.
 */
export const paymentFailedV1 = defineFact({
  type: 'payments.payment-failed.v1',
  schema: factFields({ ...paymentKey, reasonCode: wireCode.optional() }),
  example,
});
