import { encodeRecord, envelopeOf, type DecodedRecord, type FactContract, type FactOfTopic, type TopicContract } from '@index766/contracts-envelope';
import { dossierFeedbackContracts, dossierFeedbackTopic, petitionFactContracts, petitionTopic } from '@index766/contracts-feedback';
import type { FeedbackFact } from '@index766/feedback-life';
import type { DossierId, Instant, PetitionId } from '@index766/kernel';
import type { PetitionFact } from '@index766/petition-life';
import type { OutboxRecord } from '@index766/platform-mongo';
import type { RecordTrace } from '@index766/platform-observability';

/** The record of a fact on `feedback.public.dossier-feedback.v1`: final bytes, checked against the contract. */
export function feedbackRecord(fact: FeedbackFact, trace: RecordTrace): OutboxRecord {
  return recordOf(dossierFeedbackTopic, dossierFeedbackContracts[fact.kind], fact.dossier, fact, trace);
}

/** The record of a fact on `feedback.public.petition.v1`. */
export function petitionRecord(fact: PetitionFact, trace: RecordTrace): OutboxRecord {
  return recordOf(petitionTopic, petitionFactContracts[fact.kind], fact.petition, fact, trace);
}

/** The fact that `feedbackRecord` made a record of. */
export function readFeedbackFact(record: DecodedRecord<FactOfTopic<typeof dossierFeedbackTopic>>): FeedbackFact {
  return { ...factOf(record, KIND_OF_FEEDBACK), dossier: record.envelope.subject as DossierId } as unknown as FeedbackFact;
}

/** The fact that `petitionRecord` made a record of. */
export function readPetitionFact(record: DecodedRecord<FactOfTopic<typeof petitionTopic>>): PetitionFact {
  return { ...factOf(record, KIND_OF_PETITION), petition: record.envelope.subject as PetitionId } as unknown as PetitionFact;
}

const KIND_OF_FEEDBACK = kindsByType(dossierFeedbackContracts);
const KIND_OF_PETITION = kindsByType(petitionFactContracts);

interface Fact {
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly sequence: number;
  readonly timeBasis: 'stated' | 'inferred';
  readonly backfill?: boolean;
  readonly body: object;
}

function recordOf(
  topic: TopicContract, contract: FactContract, subject: string,
  { occurredAt, recordedAt, sequence, timeBasis, backfill, body }: Fact, trace: RecordTrace,
): OutboxRecord {
  const envelope = envelopeOf(topic, { type: contract.type, occurredAt, recordedAt, subject, sequence, ...trace });
  const wire = { ...body, ...(timeBasis === 'inferred' ? { timeBasis } : {}), ...(backfill === true ? { backfill } : {}) };
  return { topic: topic.name, sequence, ...encodeRecord(envelope, wire, contract) };
}

function kindsByType(contracts: Readonly<Record<string, FactContract>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(contracts).map(([kind, { type }]) => [type, kind]));
}

/** The record was checked against its contract, and the contract against the bodies of facts by the compiler. */
function factOf(
  { type, envelope: { occurredAt, recordedAt, sequence }, data }: DecodedRecord<FactContract<string, { timeBasis?: 'inferred' | undefined; backfill?: true | undefined }>>,
  kinds: ReadonlyMap<string, string>,
): Fact & { readonly kind: string | undefined } {
  const { timeBasis = 'stated', backfill, ...body } = data;
  return { kind: kinds.get(type), occurredAt, recordedAt, sequence, timeBasis, ...(backfill === true ? { backfill } : {}), body };
}
