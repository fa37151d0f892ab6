import { defineFact, factFields } from '@index766/contracts-envelope';
import { amountFrom, paymentChannel, paymentKey } from '../payment-fields';
import example from './payment-succeeded.v1.example.json';

/** Money came in. Reported again under the same reference it is one payment; the earliest report counts. */
export const paymentSucceededV1 = defineFact({
  type: 'payments.payment-succeeded.v1',
  schema: factFields({
    ...paymentKey,
    channel: paymentChannel,
    /** Whole đồng; absent where a push stated the payment (DuocThanhToanTrucTuyen), which names no amount. */
    amount: amountFrom(1).optional(),
  }),
  example,
});
