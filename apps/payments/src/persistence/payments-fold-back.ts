import type { DecodedRecord, FactOfTopic } from '@index766/contracts-envelope';
import type { paymentTopic } from '@index766/contracts-payments';
import type { PaymentFact } from '@index766/payment-life';
import { ok, type DossierId, type Result } from '@index766/kernel';
import { otherContent, recordsMissing, type LackingFields } from '@index766/platform-mongo';
import { emptyPayments } from '../domain/payments-state';
import { isSameContent } from '../domain/record-facts';
import { withRestoredFacts } from '../domain/restored-facts';
import { readPaymentFact } from '../publishing/read-payment-fact';
import { paymentsFields, reconstitutePayments, type PaymentsFields } from './payments.mapper';

/** Facts that the topic has and the document lacks. */
export function foldBackPayments(
  id: string, fields: PaymentsFields | undefined, records: readonly DecodedRecord<FactOfTopic<typeof paymentTopic>>[],
): Result<LackingFields<PaymentsFields> | undefined> {
  const state = fields === undefined ? emptyPayments(id as DossierId) : reconstitutePayments(id as DossierId, fields);
  const facts: PaymentFact[] = [...state.facts];
  for (const record of records) {
    const fact = readPaymentFact(record);
    const known = facts[fact.sequence - 1];
    if (known !== undefined && !isSame(known, fact)) return otherContent(fact.sequence);
    if (fact.sequence > facts.length + 1) return recordsMissing();
    if (known === undefined) facts.push(fact);
  }
  const lacking = facts.slice(state.facts.length);
  if (lacking.length === 0) return ok(undefined);
  const { set, unset } = paymentsFields(withRestoredFacts(state, lacking));
  return ok({ set: { ...set, ...(fields === undefined ? { commands: [] } : {}) }, unset });
}

function isSame(a: PaymentFact, b: PaymentFact): boolean {
  return a.recordedAt === b.recordedAt && a.timeBasis === b.timeBasis && isSameContent(a, b);
}
