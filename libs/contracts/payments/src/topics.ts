import { defineTopic } from '@index766/contracts-envelope';
import { feeAssessedV1 } from './fee-assessed/fee-assessed.v1';
import { feeWaivedV1 } from './fee-waived/fee-waived.v1';
import { paymentFailedV1 } from './payment-failed/payment-failed.v1';
import { paymentRefundedV1 } from './payment-refunded/payment-refunded.v1';
import { paymentRequestedV1 } from './payment-requested/payment-requested.v1';
import { paymentSucceededV1 } from './payment-succeeded/payment-succeeded.v1';

/** The contract in which each kind of fact about a dossier's money is written today. */
export const paymentFactContracts = {
  'fee-assessed': feeAssessedV1,
  'fee-waived': feeWaivedV1,
  'payment-requested': paymentRequestedV1,
  'payment-succeeded': paymentSucceededV1,
  'payment-failed': paymentFailedV1,
  'payment-refunded': paymentRefundedV1,
} as const;

export const paymentTopic = defineTopic({
  name: 'payments.public.payment.v1',
  producer: 'payments',
  visibility: 'public',
  keyedBy: 'dossier id',
  partitions: 'dossier',
  retention: 'forever',
  facts: Object.values(paymentFactContracts),
});
