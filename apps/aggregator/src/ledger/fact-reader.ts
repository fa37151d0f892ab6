import { decodeRecord, type RawRecord } from '@index766/contracts-envelope';
import { dossierFactContracts, dossierTopic } from '@index766/contracts-dossiers';
import type { DossierFact, DossierFactKind } from '@index766/dossier-life';
import { ok, parseInstant, refused, type DossierId, type Result } from '@index766/kernel';

const KIND_OF_TYPE: ReadonlyMap<string, DossierFactKind> = new Map(
  Object.entries(dossierFactContracts).map(([kind, contract]) => [contract.type, kind as DossierFactKind]),
);

/** Fields of a fact's data that hold an instant: text on the wire, a number in the domain. */
const INSTANT_FIELDS = new Set(['statedDueAt', 'deadline', 'newDueAt', 'dueAt', 'computedDueAt']);

/** A record of `dossiers.public.dossier.v1` as a domain fact, checked against its contract. Refusals name path, never value. */
export function readDossierFact(record: RawRecord): Result<DossierFact> {
  const decoded = decodeRecord(dossierTopic, record);
  if (!decoded.ok) return decoded;
  const { type, envelope, data } = decoded.value;
  const kind = KIND_OF_TYPE.get(type);
  if (kind === undefined) return refused('CONTRACT.UNKNOWN_TYPE', 'the ledger does not know this kind of fact', 'ce_type');
  const { timeBasis, backfill, ...wireBody } = data;
  const fact = {
    dossier: envelope.subject as DossierId,
    kind,
    occurredAt: envelope.occurredAt,
    recordedAt: envelope.recordedAt,
    topic: dossierTopic.name,
    sequence: envelope.sequence,
    timeBasis: timeBasis ?? 'stated',
    ...(backfill === true ? { backfill } : {}),
    body: domainBody(wireBody),
  };
  // The contract was checked above; the contracts' own spec holds wire and domain bodies to the same fields.
  return ok(fact as unknown as DossierFact);
}

function domainBody(wireBody: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const isInstant = (name: string): boolean =>
    INSTANT_FIELDS.has(name) || ((name === 'before' || name === 'after') && String(wireBody['field']).endsWith('-at')) ||
    ((name === 'before' || name === 'after') && wireBody['field'] === 'step-deadline');
  return Object.fromEntries(
    Object.entries(wireBody).map(([name, value]) =>
      [name, typeof value === 'string' && isInstant(name) ? parseInstant(value) : value]),
  );
}
