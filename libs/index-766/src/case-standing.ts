import { documentStanding, type DocumentStanding } from '@index766/document-life';
import { evaluationEnd, holderIn, judgeAt, receivingUnit, type Judgement, type Span } from '@index766/dossier-life';
import { isDissatisfiedAt } from '@index766/feedback-life';
import type { Instant, ProcedureCode, UnitCode } from '@index766/kernel';
import { carriesFee, paymentsIn, paymentStanding, type PaymentStanding } from '@index766/payment-life';
import type { CaseView } from './case-view';

/** Whether a procedure ends with a result document, by the record that holds for the dossier's unit at T. */
export type HasResultDocument = (procedure: ProcedureCode) => boolean;

/** What one case counts as in figures of a period at T: all that indicators ask about it, each answered once. */
export interface CaseStanding {
  readonly judgement: Judgement;
  /** Whose dossier it is at T; null: not known, or it counts nowhere. */
  readonly holder: UnitCode | null;
  /** Who received it in the period; null: it was not received in it. */
  readonly receiver: UnitCode | null;
  readonly procedure: ProcedureCode | null;
  readonly online: boolean;
  readonly pushed: boolean;
  readonly money: PaymentStanding;
  /** A fee above 0 was assessed, waived or not (3.5b). */
  readonly carriesFee: boolean;
  /** Payments that succeeded in the period. */
  readonly payments: { readonly online: number; readonly all: number };
  readonly papers: DocumentStanding;
  /** There is an electronic result, or the procedure has none to give (4.1). */
  readonly hasResult: boolean;
  /** A dissatisfied rating or a petition. */
  readonly dissatisfied: boolean;
  /** Ended in the period with status 9 or 10. */
  readonly resolved: boolean;
}

/** @param at T: the period's end, or as-of while it runs. */
export function caseStanding(
  { dossier, payments, documents, feedback }: CaseView, period: Span, at: Instant, hasResultDocument: HasResultDocument,
): CaseStanding {
  const until = evaluationEnd(period, at);
  const judgement = judgeAt(dossier, period, at);
  const papers = documentStanding(documents, until);
  const { procedure, endStatus } = dossier;
  return {
    judgement, procedure, papers,
    holder: dossier.voided ? null : holderIn(dossier, period, at),
    receiver: judgement.receivedInPeriod ? receivingUnit(dossier) : null,
    online: dossier.channel === 'online',
    pushed: dossier.pushed,
    money: paymentStanding(payments, until),
    carriesFee: carriesFee(payments, until),
    payments: paymentsIn(payments, period.start, until),
    hasResult: papers.resultIssued || (procedure !== null && !hasResultDocument(procedure)),
    dissatisfied: isDissatisfiedAt(feedback, until),
    resolved: judgement.endedInPeriod && (endStatus === 9 || endStatus === 10),
  };
}
