import type { decisionTopic } from '@index766/contracts-aggregator';
import type { DecodedRecord, FactOfTopic } from '@index766/contracts-envelope';
import { ok, saysTheSame, type Result } from '@index766/kernel';
import { otherContent, recordsMissing, type LackingFields } from '@index766/platform-mongo';

import { toStoredDecision, type DecisionFields } from './decision.document';

/** Decisions that the topic has and the document lacks. */
export function foldBackDecisions(
  _key: string, fields: DecisionFields | undefined, records: readonly DecodedRecord<FactOfTopic<typeof decisionTopic>>[],
): Result<LackingFields<DecisionFields> | undefined> {
  const known = fields?.facts ?? [];
  const facts = [...known];
  for (const { type, data, envelope: { sequence, recordedAt } } of records) {
    const told = toStoredDecision({ type, data, sequence, recordedAt });
    const stored = facts[sequence - 1];
    // Fields come back from the topic in another order.
    if (stored !== undefined && !saysTheSame(stored, told)) return otherContent(sequence);
    if (sequence > facts.length + 1) return recordsMissing();
    if (stored === undefined) facts.push(told);
  }
  if (facts.length === known.length) return ok(undefined);
  return ok({ set: { facts, ...(fields === undefined ? { commands: [] } : {}) } });
}
