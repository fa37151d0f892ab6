import type { DecodedRecord, FactOfTopic } from '@index766/contracts-envelope';
import { documentFactContracts, type documentTopic } from '@index766/contracts-digitization';
import type { DocumentFact, DocumentFactKind } from '@index766/document-life';
import type { DossierId } from '@index766/kernel';

const KIND_OF_TYPE: ReadonlyMap<string, DocumentFactKind> = new Map(
  Object.entries(documentFactContracts).map(([kind, contract]) => [contract.type, kind as DocumentFactKind]),
);

/** The fact that `documentFactRecord` made a record of. */
export function readDocumentFact({ type, envelope, data }: DecodedRecord<FactOfTopic<typeof documentTopic>>): DocumentFact {
  const { timeBasis, backfill, ...body } = data;
  const { sequence, occurredAt, recordedAt } = envelope;
  const fact = {
    kind: KIND_OF_TYPE.get(type), dossier: envelope.subject as DossierId, occurredAt, recordedAt, sequence,
    timeBasis: timeBasis ?? 'stated', ...(backfill === true ? { backfill } : {}), body,
  };
  // The record was checked against its contract, and contracts name their fields as the bodies of facts do.
  return fact as DocumentFact;
}
