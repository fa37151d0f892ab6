import { officerDescribedV1, officerErasedV1, officerTopic } from '@index766/contracts-catalog';
import { encodeRecord, envelopeOf } from '@index766/contracts-envelope';
import { formatInstant, type OfficerPseudonym } from '@index766/kernel';
import type { OutboxRecord } from '@index766/platform-mongo';
import { activeTraceparent } from '@index766/platform-observability';

import { descriptionOf, type Officer } from '../domain/officer';

/** What readers are told about an officer now: the description, or that the name was erased. */
export function toOfficerRecord(pseudonym: OfficerPseudonym, officer: Officer): OutboxRecord {
  const { records: sequence, recordedAt, knownSince, earlier } = officer;
  const traceparent = activeTraceparent();
  const envelope = (type: string) => envelopeOf(officerTopic, {
    type, occurredAt: recordedAt, recordedAt, subject: pseudonym, sequence, ...(traceparent === undefined ? {} : { traceparent }),
  });
  const description = descriptionOf(officer);
  if (description === null) {
    return { topic: officerTopic.name, sequence, ...encodeRecord(envelope(officerErasedV1.type), { pseudonym }, officerErasedV1) };
  }
  const { aliases, absences, ...fields } = description;
  const described = {
    pseudonym, ...fields, aliases: [...aliases], absences: [...absences],
    knownSince: formatInstant(knownSince),
    ...(earlier.length === 0 ? {} : { earlier: earlier.map((each) => ({ ...each, absences: [...each.absences], knownSince: formatInstant(each.knownSince) })) }),
  };
  return { topic: officerTopic.name, sequence, ...encodeRecord(envelope(officerDescribedV1.type), described, officerDescribedV1) };
}
