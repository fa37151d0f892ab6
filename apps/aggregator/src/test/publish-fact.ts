import { encodeRecord, envelopeOf, type FactContract, type TopicContract } from '@index766/contracts-envelope';
import { parseInstant } from '@index766/kernel';
import { sendRecords } from '@index766/testing-integration';

export interface PublishedFact {
  readonly key: string;
  readonly sequence: number;
  readonly data: object;
  /** `2026-10-05T08:00:00+07:00`; it was recorded then too. */
  readonly occurredAt: string;
}

/** Sends one fact as its producer does. */
export async function publishFact(
  topic: TopicContract, contract: FactContract, { key, sequence, data, occurredAt }: PublishedFact, brokers: readonly string[],
): Promise<void> {
  const instant = parseInstant(occurredAt);
  if (instant === undefined) throw new Error(`${occurredAt} is no instant`);
  const envelope = envelopeOf(topic, { type: contract.type, occurredAt: instant, recordedAt: instant, subject: key, sequence });
  await sendRecords(topic.name, [encodeRecord(envelope, data, contract)], brokers);
}
