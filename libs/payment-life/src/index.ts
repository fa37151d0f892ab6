export {
  CASH_DESK, STATED_BY_PUSH, isOnline, type OnlineChannel, type PaymentChannel, type PaymentFact, type PaymentFactBodies,
  type PaymentFactHead, type PaymentFactKind, type PaymentFactOf, type PaymentKey,
} from './facts';
export type { FeeLife, PaymentLife, PaymentView, RefundLife, Waiver } from './view';
export { foldPayments, paymentKeyText } from './fold';
export {
  feeOwed, hasFinancialObligation, hasPaidOnline, nextChangeAfter, onlinePaid, owedOf, paymentStanding, paymentsIn,
  type PaymentStanding,
} from './standing';
