import { encodeRecord, envelopeOf, type FactContract } from '@index766/contracts-envelope';
import { documentFactContracts, documentTopic } from '@index766/contracts-digitization';
import type { DocumentFact } from '@index766/document-life';
import type { OutboxRecord } from '@index766/platform-mongo';
import type { RecordTrace } from '@index766/platform-observability';

/** The record of a fact on `digitization.public.document.v1`: final bytes, checked against the contract. */
export function documentFactRecord(fact: DocumentFact, trace: RecordTrace): OutboxRecord {
  const contract: FactContract = documentFactContracts[fact.kind];
  const envelope = envelopeOf(documentTopic, {
    type: contract.type, occurredAt: fact.occurredAt, recordedAt: fact.recordedAt, subject: fact.dossier, sequence: fact.sequence, ...trace,
  });
  return { topic: documentTopic.name, sequence: fact.sequence, ...encodeRecord(envelope, wireOf(fact), contract) };
}

function wireOf({ body, timeBasis, backfill }: DocumentFact): Record<string, unknown> {
  return {
    ...body,
    ...(timeBasis === 'inferred' ? { timeBasis } : {}),
    ...(backfill === true ? { backfill } : {}),
  };
}
