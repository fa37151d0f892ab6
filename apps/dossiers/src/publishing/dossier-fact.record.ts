import { encodeRecord, envelopeOf, type FactContract } from '@index766/contracts-envelope';
import { dossierFactContracts, dossierTopic } from '@index766/contracts-dossiers';
import type { DossierFact, StatedField } from '@index766/dossier-life';
import { formatInstant, instantOf } from '@index766/kernel';
import type { OutboxRecord } from '@index766/platform-mongo';
import type { RecordTrace } from '@index766/platform-observability';

/** Fields of which values are codes; those of all others are instants. */
const CODE_FIELDS: ReadonlySet<unknown> = new Set<StatedField>(['unit', 'procedure', 'channel', 'return-channel']);

/** Fields of bodies that hold an instant: milliseconds inside, RFC 3339 on the wire. */
const INSTANTS: ReadonlySet<string> = new Set(['statedDueAt', 'deadline', 'newDueAt', 'dueAt', 'computedDueAt', 'latestAt', 'outrankedBy']);
/** Hold a value of the field that a body is about. */
const VALUES: ReadonlySet<string> = new Set(['before', 'after', 'stated', 'standing']);

/** The record of a fact on `dossiers.public.dossier.v1`: final bytes, checked against the contract. */
export function dossierFactRecord(fact: DossierFact, trace: RecordTrace): OutboxRecord {
  const contract: FactContract = dossierFactContracts[fact.kind];
  const envelope = envelopeOf(dossierTopic, {
    type: contract.type,
    occurredAt: fact.occurredAt,
    recordedAt: fact.recordedAt,
    subject: fact.dossier,
    sequence: fact.sequence,
    ...trace,
  });
  return { topic: dossierTopic.name, sequence: fact.sequence, ...encodeRecord(envelope, wireOf(fact), contract) };
}

/** The fields of a fact's body as they travel: instants are texts. */
export function wireBodyOf(fact: DossierFact): Record<string, unknown> {
  const wire: Record<string, unknown> = {};
  const about = 'field' in fact.body ? fact.body.field : undefined;
  for (const [name, value] of Object.entries(fact.body)) {
    wire[name] = typeof value === 'number' && isInstantField(about, name) ? formatInstant(instantOf(value)) : value;
  }
  return wire;
}

/**
 * Whether a field of a body holds an instant.
 *
 * @param about the field that the body has a value of; undefined for facts that are about none
 */
export function isInstantField(about: unknown, name: string): boolean {
  return VALUES.has(name) ? about !== undefined && !CODE_FIELDS.has(about) : INSTANTS.has(name);
}

function wireOf(fact: DossierFact): Record<string, unknown> {
  const wire = wireBodyOf(fact);
  if (fact.timeBasis === 'inferred') wire['timeBasis'] = 'inferred';
  if (fact.backfill === true) wire['backfill'] = true;
  return wire;
}
