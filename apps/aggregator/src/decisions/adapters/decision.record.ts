import { decisionTopic } from '@index766/contracts-aggregator';
import { encodeRecord, envelopeOf, type FactContract } from '@index766/contracts-envelope';
import type { OutboxRecord } from '@index766/platform-mongo';
import type { RecordTrace } from '@index766/platform-observability';

import type { RecordedDecision } from '../decision';

const CONTRACTS: ReadonlyMap<string, FactContract> = new Map(decisionTopic.facts.map((contract) => [contract.type, contract]));

/** The record of a decision: final bytes, checked against the contract. A decision happens when it is recorded. */
export function decisionRecord(key: string, { type, data, sequence, recordedAt }: RecordedDecision, trace: RecordTrace): OutboxRecord {
  const contract = CONTRACTS.get(type);
  if (contract === undefined) throw new Error(`the topic of decisions has no ${type}`);
  const envelope = envelopeOf(decisionTopic, { type, occurredAt: recordedAt, recordedAt, subject: key, sequence, ...trace });
  return { topic: decisionTopic.name, sequence, ...encodeRecord(envelope, data, contract) };
}
