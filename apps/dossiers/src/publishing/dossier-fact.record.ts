import { encodeRecord, envelopeOf, type FactContract } from '@index766/contracts-envelope';
import { dossierFactContracts, dossierTopic } from '@index766/contracts-dossiers';
import type { CorrectableField, DossierFact } from '@index766/dossier-life';
import { formatInstant, instantOf } from '@index766/kernel';
import type { OutboxRecord } from '@index766/platform-mongo';
import type { RecordTrace } from '@index766/platform-observability';

/** Fields of a correction that hold a code; all others hold an instant. */
const CODE_FIELDS: ReadonlySet<unknown> = new Set<CorrectableField>(['unit', 'procedure', 'channel']);

/** Fields of bodies that hold an instant: milliseconds inside, RFC 3339 on the wire. */
const INSTANTS: ReadonlySet<string> = new Set(['statedDueAt', 'deadline', 'newDueAt', 'dueAt', 'computedDueAt']);
const CORRECTED_INSTANTS: ReadonlySet<string> = new Set(['before', 'after']);

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
  const corrected = fact.kind === 'dossier-corrected' ? fact.body.field : undefined;
  for (const [name, value] of Object.entries(fact.body)) {
    wire[name] = typeof value === 'number' && isInstantField(corrected, name) ? formatInstant(instantOf(value)) : value;
  }
  return wire;
}

/**
 * Whether a field of a body holds an instant.
 *
 * @param corrected the field that the body corrects; undefined for every other kind of fact
 */
export function isInstantField(corrected: unknown, name: string): boolean {
  return corrected !== undefined && !CODE_FIELDS.has(corrected) ? CORRECTED_INSTANTS.has(name) : INSTANTS.has(name);
}

function wireOf(fact: DossierFact): Record<string, unknown> {
  const wire = wireBodyOf(fact);
  if (fact.timeBasis === 'inferred') wire['timeBasis'] = 'inferred';
  if (fact.backfill === true) wire['backfill'] = true;
  return wire;
}
