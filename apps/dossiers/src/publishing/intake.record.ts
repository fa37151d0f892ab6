import { encodeRecord, envelopeOf, type DataOf } from '@index766/contracts-envelope';
import { MAX_SNAPSHOT_ELEMENTS, intakeTopic, snapshotAcceptedV1 } from '@index766/contracts-dossiers';
import { formatInstant } from '@index766/kernel';
import type { OutboxRecord } from '@index766/platform-mongo';
import type { RecordTrace } from '@index766/platform-observability';
import type { IntakeEntry } from '../domain/intake-entry';

type SnapshotAccepted = DataOf<typeof snapshotAcceptedV1>;

/**
 * The records of one entry on `dossiers.internal.intake.v1`. Lists that are too long for one record are split: each
 * record says a part of the whole, as pushes do.
 *
 * @param firstSequence of the first record; the others follow on.
 */
export function intakeRecords(entry: IntakeEntry, firstSequence: number, trace: RecordTrace): readonly OutboxRecord[] {
  return Array.from({ length: recordCountOf(entry) }, (_, index) => {
    const sequence = firstSequence + index;
    const envelope = envelopeOf(intakeTopic, {
      type: snapshotAcceptedV1.type,
      occurredAt: entry.rank.latestAt ?? entry.recordedAt,
      recordedAt: entry.recordedAt,
      subject: entry.dossier,
      sequence,
      ...trace,
    });
    return { topic: intakeTopic.name, sequence, ...encodeRecord(envelope, chunkOf(entry, index), snapshotAcceptedV1) };
  });
}

/** How many records an entry takes: one, unless a list has more elements than a record may hold. */
export function recordCountOf({ parts: { payments, documents, results } }: Pick<IntakeEntry, 'parts'>): number {
  const longest = Math.max(
    payments?.fees.length ?? 0, documents?.components.length ?? 0, documents?.databases.length ?? 0, results?.documents.length ?? 0,
  );
  return Math.max(1, Math.ceil(longest / MAX_SNAPSHOT_ELEMENTS));
}

function chunkOf(entry: IntakeEntry, index: number): SnapshotAccepted {
  const { payments, documents, results } = entry.parts;
  const received = { occurredAt: formatInstant(entry.receivedAt), timeBasis: 'inferred' } as const;
  const chunk = <Element>(elements: readonly Element[]): Element[] =>
    elements.slice(index * MAX_SNAPSHOT_ELEMENTS, (index + 1) * MAX_SNAPSHOT_ELEMENTS);
  return {
    ...(payments === undefined ? {} : { payments: { ...received, ...payments, fees: chunk(payments.fees) } }),
    ...(documents === undefined ? {} : {
      documents: { ...received, ...documents, components: chunk(documents.components), databases: chunk(documents.databases) },
    }),
    ...(results === undefined ? {} : {
      results: { ...received, occurredAt: formatInstant(entry.resultAt), documents: chunk(results.documents) },
    }),
    ...(entry.rank.status === 0 ? {} : { status: entry.rank.status }),
    ...(entry.backfill ? { backfill: true } : {}),
  };
}
