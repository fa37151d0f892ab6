import { officerErasedV1, type officerTopic } from '@index766/contracts-catalog';
import type { DecodedRecord, FactOfTopic } from '@index766/contracts-envelope';
import { ok, parseInstant, type Instant, type OfficerPseudonym, type Result, type UnitCode } from '@index766/kernel';
import type { LackingFields } from '@index766/platform-mongo';

import { restoredOfficer, type ToldDescription } from '../domain/restore-officer';
import { fromOfficerDocument, toOfficerDocument, type OfficerDocument } from './mongo-officer-repository';

type OfficerRecord = DecodedRecord<FactOfTopic<typeof officerTopic>>;

/** The last record of an officer that its document does not know; earlier ones may have been compacted away. */
export function foldBackOfficer(
  _pseudonym: string, document: OfficerDocument | undefined, records: readonly OfficerRecord[],
): Result<LackingFields<OfficerDocument> | undefined> {
  const known = document === undefined ? undefined : fromOfficerDocument(document);
  const last = records.reduce<OfficerRecord | undefined>(
    (newest, each) => (each.envelope.sequence > (newest?.envelope.sequence ?? known?.records ?? 0) ? each : newest), undefined,
  );
  if (last === undefined) return ok(undefined);
  const { sequence, recordedAt } = last.envelope;
  return ok({ set: toOfficerDocument(restoredOfficer(known, { sequence, recordedAt, description: descriptionIn(last) })) });
}

function descriptionIn(record: OfficerRecord): ToldDescription | null {
  if (record.type === officerErasedV1.type) return null;
  const { pseudonym: _pseudonym, unit, mergedInto, knownSince, earlier = [], ...description } = record.data;
  return {
    ...description, unit: unit as UnitCode, ...mergedIn(mergedInto),
    ...(knownSince === undefined ? {} : { knownSince: instantIn(knownSince) }),
    earlier: earlier.map(({ mergedInto: merged, knownSince: since, ...each }) => ({ ...each, ...mergedIn(merged), knownSince: instantIn(since) })),
  };
}

function mergedIn(pseudonym: string | undefined): { readonly mergedInto?: OfficerPseudonym } {
  return pseudonym === undefined ? {} : { mergedInto: pseudonym as OfficerPseudonym };
}

function instantIn(text: string): Instant {
  const instant = parseInstant(text);
  // The contract checked it.
  if (instant === undefined) throw new RangeError('a record of an officer holds no instant');
  return instant;
}
