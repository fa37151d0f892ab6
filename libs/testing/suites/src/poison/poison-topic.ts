import { encodeRecord, envelopeOf, type EncodedRecord, type FactContract, type TopicContract } from '@index766/contracts-envelope';
import { parseInstant, type Instant } from '@index766/kernel';
import type { PoisonTopic } from './poisoned-service';

/** One kind of record that a topic has, made for any key and sequence. */
export interface PoisonForm {
  readonly contract: FactContract;
  readonly key: (number: number) => string;
  readonly content: (key: string, sequence: number) => object;
  readonly keeps: PoisonTopic['keeps'];
  /** What another producer would have under the sequence; absent: the same, recorded a minute later. */
  readonly otherContent?: (key: string, sequence: number) => object;
  /** Default true: the content under a sequence is the sequence's own. */
  readonly hasOwnContent?: boolean;
}

const RECORDED_AT = parseInstant('2026-10-05T01:00:00.000Z') as Instant;
const MINUTE_MS = 60_000;

/** Records as their producer writes them. */
export function poisonTopic(topic: TopicContract, { contract, key: keyOf, content, otherContent = content, keeps, hasOwnContent = true }: PoisonForm): PoisonTopic {
  const record = (key: string, sequence: number, at: Instant, of = content): EncodedRecord =>
    encodeRecord(envelopeOf(topic, { type: contract.type, occurredAt: at, recordedAt: at, subject: key, sequence }), of(key, sequence), contract);
  return {
    topic,
    key: keyOf,
    keeps,
    record: (key, sequence) => record(key, sequence, RECORDED_AT),
    ...(hasOwnContent ? { otherContent: (key: string, sequence: number) => record(key, sequence, (RECORDED_AT + MINUTE_MS) as Instant, otherContent) } : {}),
  };
}
