import { sourceCompleteV1, sourceHeardV1, sourceTopic } from '@index766/contracts-dossiers';
import { encodeRecord, envelopeOf, type DecodedRecord, type FactOfTopic } from '@index766/contracts-envelope';
import { formatLocalDay, parseLocalDay, type LocalDay } from '@index766/kernel';
import type { OutboxRecord } from '@index766/platform-mongo';
import type { RecordTrace } from '@index766/platform-observability';
import type { SourceFact } from '../domain/source-state';

/** The record of a fact on `dossiers.public.source.v1`: it occurs when it is recorded. */
export function sourceFactRecord(fact: SourceFact, trace: RecordTrace): OutboxRecord {
  const { source, sequence, recordedAt } = fact;
  const about = { occurredAt: recordedAt, recordedAt, subject: source, sequence, ...trace };
  const record = fact.kind === 'source-heard'
    ? encodeRecord(envelopeOf(sourceTopic, { type: sourceHeardV1.type, ...about }), { source }, sourceHeardV1)
    : encodeRecord(envelopeOf(sourceTopic, { type: sourceCompleteV1.type, ...about }), { source, day: formatLocalDay(fact.day) }, sourceCompleteV1);
  return { topic: sourceTopic.name, sequence, ...record };
}

/** The fact that `sourceFactRecord` made a record of. */
export function readSourceFact({ envelope: { sequence, recordedAt }, data }: DecodedRecord<FactOfTopic<typeof sourceTopic>>): SourceFact {
  const head = { source: data.source, sequence, recordedAt };
  // The contract checked the form of the day.
  return 'day' in data ? { ...head, kind: 'source-complete', day: parseLocalDay(data.day) as LocalDay } : { ...head, kind: 'source-heard' };
}
