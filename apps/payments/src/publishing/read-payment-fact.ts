import type { DecodedRecord, FactOfTopic } from '@index766/contracts-envelope';
import { paymentFactContracts, type paymentTopic } from '@index766/contracts-payments';
import type { PaymentFact, PaymentFactKind } from '@index766/payment-life';
import type { DossierId } from '@index766/kernel';

const KIND_OF_TYPE: ReadonlyMap<string, PaymentFactKind> = new Map(
  Object.entries(paymentFactContracts).map(([kind, contract]) => [contract.type, kind as PaymentFactKind]),
);

/** The fact that `paymentFactRecord` made a record of. */
export function readPaymentFact({ type, envelope, data }: DecodedRecord<FactOfTopic<typeof paymentTopic>>): PaymentFact {
  const { timeBasis, backfill, ...body } = data;
  const fact = {
    kind: KIND_OF_TYPE.get(type),
    dossier: envelope.subject as DossierId,
    occurredAt: envelope.occurredAt,
    recordedAt: envelope.recordedAt,
    sequence: envelope.sequence,
    timeBasis: timeBasis ?? 'stated',
    ...(backfill === true ? { backfill } : {}),
    body,
  };
  // The record was checked against its contract, and the contract against the bodies of facts by its own spec.
  return fact as PaymentFact;
}
