import { defineFact, factFields, wireCode } from '@index766/contracts-envelope';
import { amountFrom } from '../payment-fields';
import example from './fee-waived.v1.example.json';

/** A fee, or a part of it, need not be paid, from this instant on. */
export const feeWaivedV1 = defineFact({
  type: 'payments.fee-waived.v1',
  schema: factFields({
    fee: wireCode,
    /** Whole đồng; absent: the whole fee, whatever it is corrected to. */
    amount: amountFrom(1).optional(),
    reasonCode: wireCode.optional(),
  }),
  example,
});
