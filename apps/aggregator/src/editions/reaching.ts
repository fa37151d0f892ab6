import type { CaseView } from '@index766/index-766';
import type { Period } from '@index766/kernel';
import { paymentsIn } from '@index766/payment-life';

import { integrityReaches } from '../integrity';
import type { KnownPetition } from '../ledger';

/**
 * Whether an edition of a period says anything that a case has a share in. It is in hand in the period, was paid for in it, or
 * integrity rules ask about it. A province keeps every dossier that it ever had; most ended long before.
 */
export function caseReaches({ dossier, payments }: CaseView, period: Period): boolean {
  // Whatever is in hand in the period is in hand in its weeks, which integrity rules look at.
  return integrityReaches(dossier, period) || paymentsIn(payments, period.start, period.end).all > 0;
}

/** A petition counts in the period that it was received in. */
export function petitionReaches({ receivedAt }: KnownPetition, period: Period): boolean {
  return receivedAt !== null && receivedAt >= period.start && receivedAt < period.end;
}
