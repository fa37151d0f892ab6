import { encodeRecord, envelopeOf, type FactContract } from '@index766/contracts-envelope';
import { paymentFactContracts, paymentTopic } from '@index766/contracts-payments';
import type { PaymentFact } from '@index766/payment-life';
import type { OutboxRecord } from '@index766/platform-mongo';
import type { RecordTrace } from '@index766/platform-observability';

/** The record of a fact on `payments.public.payment.v1`: final bytes, checked against the contract. */
export function paymentFactRecord(fact: PaymentFact, trace: RecordTrace): OutboxRecord {
  const contract: FactContract = paymentFactContracts[fact.kind];
  const envelope = envelopeOf(paymentTopic, {
    type: contract.type, occurredAt: fact.occurredAt, recordedAt: fact.recordedAt, subject: fact.dossier, sequence: fact.sequence, ...trace,
  });
  return { topic: paymentTopic.name, sequence: fact.sequence, ...encodeRecord(envelope, wireOf(fact), contract) };
}

function wireOf({ body, timeBasis, backfill }: PaymentFact): Record<string, unknown> {
  return {
    ...body,
    ...(timeBasis === 'inferred' ? { timeBasis } : {}),
    ...(backfill === true ? { backfill } : {}),
  };
}
