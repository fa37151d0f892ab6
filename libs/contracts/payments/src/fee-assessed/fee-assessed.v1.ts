import { defineFact, factFields, wireCode } from '@index766/contracts-envelope';
import { amountFrom } from '../payment-fields';
import example from './fee-assessed.v1.example.json';

/**
 * What a dossier's applicant has to pay. Of a fee that was assessed before: its amount is corrected, from the first
 * assessment on.
 */
export const feeAssessedV1 = defineFact({
  type: 'payments.fee-assessed.v1',
  schema: factFields({
    /** MaPhiLePhi: names the fee inside its dossier. */
    fee: wireCode,
    /** Whole đồng; 0: nothing is to be paid. */
    amount: amountFrom(0),
    /** LoaiPhiLePhi */
    kind: wireCode.optional(),
    /** HinhThucThu: when the fee is collected. */
    collection: wireCode.optional(),
  }),
  example,
});
