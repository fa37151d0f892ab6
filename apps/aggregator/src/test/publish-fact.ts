import { encodeRecord, encodeWatermark, envelopeOf, type FactContract, type TopicContract } from '@index766/contracts-envelope';
import { instantOf, parseInstant } from '@index766/kernel';
import { sendRecords } from '@index766/testing-integration';

export interface PublishedFact {
  readonly key: string;
  readonly sequence: number;
  readonly data: object;
  /** `2026-10-05T08:00:00+07:00`; it was recorded then too unless something else is said. */
  readonly occurredAt: string;
  readonly recordedAt?: string;
}

/** Sends one fact as its producer does. */
export async function publishFact(
  topic: TopicContract, contract: FactContract, { key, sequence, data, occurredAt, recordedAt = occurredAt }: PublishedFact, brokers: readonly string[],
): Promise<void> {
  const [occurred, recorded] = [parseInstant(occurredAt), parseInstant(recordedAt)];
  if (occurred === undefined || recorded === undefined) throw new Error(`${occurredAt} or ${recordedAt} is no instant`);
  const envelope = envelopeOf(topic, { type: contract.type, occurredAt: occurred, recordedAt: recorded, subject: key, sequence });
  await sendRecords(topic.name, [encodeRecord(envelope, data, contract)], brokers);
}

/** Everything that producers recorded up to an instant, now unless it is said, stands in these topics. */
export async function sendWatermarks(
  topics: readonly TopicContract[], dossierPartitions: number, brokers: readonly string[], passed = instantOf(Date.now()),
): Promise<void> {
  for (const topic of topics) {
    const partitions = topic.partitions === 'dossier' ? dossierPartitions : 1;
    const record = encodeWatermark(topic.producer, passed);
    await sendRecords(topic.name, Array.from({ length: partitions }, (_, partition) => ({ ...record, partition })), brokers);
  }
}
