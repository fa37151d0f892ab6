import { wakeAt, type DossierView } from '@index766/dossier-life';
import { NO_DOCUMENTS, nextChangeAfter as documentsChangeAfter, type DocumentView } from '@index766/document-life';
import { NO_FEEDBACK, nextChangeAfter as feedbackChangesAfter, type FeedbackView } from '@index766/feedback-life';
import type { Instant } from '@index766/kernel';
import { NO_PAYMENTS, nextChangeAfter as paymentsChangeAfter, type PaymentView } from '@index766/payment-life';

/** Everything that is known about one dossier, from all who know something about it. */
export interface CaseView {
  readonly dossier: DossierView;
  readonly payments: PaymentView;
  readonly documents: DocumentView;
  readonly feedback: FeedbackView;
}

/** The case of a dossier of which nobody else has said anything. */
export function dossierAlone(dossier: DossierView): CaseView {
  return { dossier, payments: NO_PAYMENTS, documents: NO_DOCUMENTS, feedback: NO_FEEDBACK };
}

/**
 * The next instant after T at which a case counts otherwise although nothing new becomes known; null: never. Measuring
 * at any T before it gives what measuring now gives.
 */
export function caseWakeAt({ dossier, payments, documents, feedback }: CaseView, at: Instant): Instant | null {
  const instants = [
    wakeAt(dossier, at), paymentsChangeAfter(payments, at), documentsChangeAfter(documents, at), feedbackChangesAfter(feedback, at),
  ];
  return instants.reduce<Instant | null>((next, instant) => (instant !== null && (next === null || instant < next) ? instant : next), null);
}
