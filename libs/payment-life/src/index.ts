export {
  CASH_DESK, STATED_BY_PUSH, isOnline, type OnlineChannel, type PaymentChannel, type PaymentFact, type PaymentFactBodies,
  type PaymentFactHead, type PaymentFactKind, type PaymentFactOf, type PaymentKey,
} from './facts';
export { NO_PAYMENTS, type FeeLife, type PaymentLife, type PaymentView, type RefundLife, type Waiver } from './view';
export { foldPayments, paymentKeyText } from './fold';
export {
  carriesFee, feeOwed, hasFinancialObligation, hasPaidOnline, nextChangeAfter, onlinePaid, owedOf, paymentStanding, paymentsIn, stillOwed,
  type PaymentStanding,
} from './standing';
