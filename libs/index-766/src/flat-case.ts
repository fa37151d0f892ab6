import type { DossierView } from '@index766/dossier-life';
import type { FeedbackView } from '@index766/feedback-life';
import type { ProcedureCode } from '@index766/kernel';
import { isOnline, type PaymentView } from '@index766/payment-life';
import type { CaseView } from './case-view';

/** The instants of a flat case; `NEVER` where there is none. */
export const INSTANTS = [
  'receivedAt', 'endedAt', 'dueAt', 'waitFrom', 'waitTo', 'feeFrom', 'waivedAt', 'paidAt', 'refundedAt', 'digitisedAt', 'reusedAt',
  'storeUsedAt', 'populationDataAt', 'resultAt', 'signedAndArchivedAt', 'dissatisfiedFrom', 'dissatisfiedTo',
] as const;
export type InstantName = (typeof INSTANTS)[number];

/** Later than every instant. */
export const NEVER = Number.POSITIVE_INFINITY;

/** Bits of a flat case. */
export const FLAG = { online: 1, postal: 2, pushed: 4, resolved: 8, closedByEnd: 16, paidOnline: 32, hasDue: 64 } as const;

/**
 * A case that is told by a few instants and flags: one holder, at most one due instant, one wait, one fee, one payment,
 * one dissatisfaction. Most cases are; the others are counted from their views.
 */
export interface FlatCase {
  readonly procedure: ProcedureCode;
  readonly instants: Readonly<Record<InstantName, number>>;
  readonly flags: number;
}

/** Undefined: the case needs its view. */
export function flatten(view: CaseView): FlatCase | undefined {
  const life = flatLife(view.dossier);
  const money = flatMoney(view.payments);
  const feedback = flatFeedback(view.feedback);
  const { procedure, receivedAt } = view.dossier;
  if (life === undefined || money === undefined || feedback === undefined || procedure === null) return undefined;
  if (receivedAt === null || money.instants.paidAt < receivedAt) return undefined;
  const { digitisedAt, reusedAt, fromPersonalStoreAt, resultLinkedAt, populationDataAt, resultIssuedAt, resultSignedAt, resultArchivedAt } = view.documents;
  const instants = {
    ...life.instants, ...money.instants, ...feedback,
    digitisedAt: digitisedAt ?? NEVER,
    reusedAt: reusedAt ?? NEVER,
    storeUsedAt: Math.min(fromPersonalStoreAt ?? NEVER, resultLinkedAt ?? NEVER),
    populationDataAt: populationDataAt ?? NEVER,
    resultAt: resultIssuedAt ?? NEVER,
    signedAndArchivedAt: Math.max(digitisedAt ?? NEVER, resultSignedAt ?? NEVER, resultArchivedAt ?? NEVER),
  };
  return { procedure, instants, flags: life.flags | money.flags };
}

function flatLife({ voided, receivedAt, holders, dues, waits, secondSupplementAt, endedAt, endStatus, channel, pushed }: DossierView) {
  const [holder] = holders;
  const [due] = dues;
  const [wait] = waits;
  const isFlat = !voided && holders.length === 1 && dues.length <= 1 && waits.length <= 1 && secondSupplementAt === null;
  if (!isFlat || receivedAt === null || holder === undefined || holder.from > receivedAt) return undefined;
  if (due !== undefined && due.from > receivedAt) return undefined;
  const flags = (channel === 'online' ? FLAG.online : 0) | (channel === 'postal' ? FLAG.postal : 0) | (pushed ? FLAG.pushed : 0)
    | (endStatus === 9 || endStatus === 10 ? FLAG.resolved : 0) | (wait?.closedByEnd === true ? FLAG.closedByEnd : 0)
    | (due === undefined ? 0 : FLAG.hasDue);
  const instants = {
    receivedAt: receivedAt as number, endedAt: endedAt ?? NEVER, dueAt: due?.dueAt ?? NEVER, waitFrom: wait?.from ?? NEVER, waitTo: wait?.to ?? NEVER,
  };
  return { instants, flags };
}

function flatMoney({ fees, payments }: PaymentView) {
  const [fee] = fees;
  const [payment] = payments;
  if (fees.length > 1 || payments.length > 1 || payment?.isStandIn === true) return undefined;
  const [waiver] = fee?.waivers ?? [];
  if (fee !== undefined && (fee.waivers.length > 1 || (waiver !== undefined && waiver.amount !== null && waiver.amount < fee.amount))) return undefined;
  const hasFee = fee !== undefined && fee.amount > 0;
  const instants = {
    feeFrom: hasFee ? fee.assessedAt as number : NEVER,
    waivedAt: waiver?.at ?? NEVER,
    paidAt: payment?.succeededAt ?? NEVER,
    refundedAt: payment?.fullyRefundedAt ?? NEVER,
  };
  return { instants, flags: isOnline(payment?.channel ?? null) ? FLAG.paidOnline : 0 };
}

function flatFeedback({ ratings, petitions }: FeedbackView) {
  const spans = [...ratings.filter(({ dissatisfied }) => dissatisfied), ...petitions];
  const [span] = spans;
  return spans.length > 1 ? undefined : { dissatisfiedFrom: span?.from ?? NEVER, dissatisfiedTo: span?.to ?? NEVER };
}
