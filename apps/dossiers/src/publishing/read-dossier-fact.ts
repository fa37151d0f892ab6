import type { DecodedRecord, FactOfTopic } from '@index766/contracts-envelope';
import { dossierFactContracts, dossierTopic } from '@index766/contracts-dossiers';
import type { DossierFact, DossierFactKind } from '@index766/dossier-life';
import { parseInstant, type DossierId } from '@index766/kernel';
import { isInstantField } from './dossier-fact.record';

const KIND_OF_TYPE: ReadonlyMap<string, DossierFactKind> = new Map(
  Object.entries(dossierFactContracts).map(([kind, contract]) => [contract.type, kind as DossierFactKind]),
);

/** The fact that `dossierFactRecord` made a record of. */
export function readDossierFact({ type, envelope, data }: DecodedRecord<FactOfTopic<typeof dossierTopic>>): DossierFact {
  const { timeBasis, backfill, ...wireBody } = data;
  const fact = {
    dossier: envelope.subject as DossierId,
    kind: KIND_OF_TYPE.get(type),
    occurredAt: envelope.occurredAt,
    recordedAt: envelope.recordedAt,
    topic: dossierTopic.name,
    sequence: envelope.sequence,
    timeBasis: timeBasis ?? 'stated',
    ...(backfill === true ? { backfill } : {}),
    body: bodyOf(wireBody),
  };
  // The record was checked against its contract, and the contract against the bodies of facts by its own spec.
  return fact as unknown as DossierFact;
}

function bodyOf(wireBody: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(wireBody).map(([name, value]) =>
    [name, typeof value === 'string' && isInstantField(wireBody['field'], name) ? parseInstant(value) : value]));
}
