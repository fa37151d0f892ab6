import { encodeRecord, envelopeOf } from '@index766/contracts-envelope';
import { officerSeenTopic, officerSeenV1 } from '@index766/contracts-dossiers';
import type { Instant } from '@index766/kernel';
import type { OutboxRecord } from '@index766/platform-mongo';
import type { RecordTrace } from '@index766/platform-observability';
import type { SeenOfficer } from '../domain/seen-officer';

/** The record of an officer on the restricted topic: the one place where a name leaves this service. */
export function officerSeenRecord(officer: SeenOfficer, sequence: number, recordedAt: Instant, trace: RecordTrace): OutboxRecord {
  const { pseudonym, ...named } = officer;
  const envelope = envelopeOf(officerSeenTopic, {
    type: officerSeenV1.type, occurredAt: recordedAt, recordedAt, subject: pseudonym, sequence, ...trace,
  });
  return { topic: officerSeenTopic.name, sequence, ...encodeRecord(envelope, named, officerSeenV1) };
}
