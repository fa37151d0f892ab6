import { dossierTopic, intakeTopic, statedUnit } from '@index766/contracts-dossiers';
import { decodeRecord } from '@index766/contracts-envelope';
import type { UnitStatement } from '@index766/intake';
import { ok, parseDossierId, parseInstant, parseUnitCode, refused, type DossierId, type Instant, type Result } from '@index766/kernel';
import { fingerprintOf, type IncomingRecord } from '@index766/platform-kafka';
import type { IntakeRecord } from '../domain/take-intake';

/** A record of a topic of dossiers, as far as this service is concerned. */
export type Arrived =
  | { readonly kind: 'intake'; readonly dossier: DossierId; readonly traceparent: string | undefined; readonly record: IntakeRecord }
  | { readonly kind: 'unit'; readonly dossier: DossierId; readonly traceparent: string | undefined; readonly statement: UnitStatement };

/** Reads what a push passed on. Refuses what is against the contract. */
export function readIntake(incoming: IncomingRecord): Result<Arrived> {
  const decoded = decodeRecord(intakeTopic, incoming);
  if (!decoded.ok) return decoded;
  const { envelope, data } = decoded.value;
  const dossier = parseDossierId(envelope.subject);
  if (dossier === undefined) return NO_DOSSIER;
  const { sequence, recordedAt } = envelope;
  return ok({
    kind: 'intake',
    dossier,
    traceparent: envelope.traceparent,
    record: {
      sequence, recordedAt,
      fingerprint: fingerprintOf(incoming),
      rank: { latestAt: envelope.occurredAt, status: data.status ?? 0, sequence },
      backfill: data.backfill ?? false,
      papers: withInstant(data.documents),
      results: withInstant(data.results),
    },
  });
}

/** Reads where a fact of a dossier's life puts it; the other facts do not concern papers. */
export function readUnit(incoming: IncomingRecord): Result<Arrived> | 'ignored' {
  const decoded = decodeRecord(dossierTopic, incoming);
  if (!decoded.ok) return decoded;
  const text = statedUnit(decoded.value);
  if (text === undefined) return 'ignored';
  const { subject, sequence, occurredAt, traceparent } = decoded.value.envelope;
  const dossier = parseDossierId(subject);
  const unit = parseUnitCode(text);
  if (dossier === undefined) return NO_DOSSIER;
  if (unit === undefined) return refused('CONTRACT.INVALID_DATA', 'value.unit is no code of a unit', 'value.unit');
  return ok({ kind: 'unit', dossier, traceparent, statement: { sequence, occurredAt, unit } });
}

/** The contract let only instants through. */
function withInstant<Part extends { readonly occurredAt: string }>(part: Part | undefined): Omit<Part, 'occurredAt'> & { readonly occurredAt: Instant } | undefined {
  return part === undefined ? undefined : { ...part, occurredAt: parseInstant(part.occurredAt) as Instant };
}

const NO_DOSSIER = refused('ENVELOPE.INVALID_HEADER', 'the key of the record is no code of a dossier', 'key');
