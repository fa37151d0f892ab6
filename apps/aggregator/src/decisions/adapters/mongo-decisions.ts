import { ok, type Result } from '@index766/kernel';
import type { AggregateStore } from '@index766/platform-mongo';
import { currentTrace } from '@index766/platform-observability';

import type { DecidedCommand, DecisionAnswer, DecisionHistory, Decisions, StoredDecisions } from '../decision';
import { historyOf, toStoredDecision, type DecisionFields } from './decision.document';
import { decisionRecord } from './decision.record';

export const DECISION_COLLECTION = 'decisions';

/** Decisions as documents: one of each key, with the records they send in the same write. */
export class MongoDecisions implements Decisions {
  constructor(private readonly store: AggregateStore<DecisionFields>) {}

  async findMany(keys: readonly string[]): Promise<ReadonlyMap<string, DecisionHistory>> {
    const found = await this.store.findMany([...new Set(keys)], ['facts']);
    return new Map([...found].map(([key, { state }]) => [key, historyOf(state)]));
  }

  update(key: string, decide: (stored: StoredDecisions) => Result<DecidedCommand>): Promise<Result<DecisionAnswer>> {
    return this.store.update<DecisionAnswer>(key, (aggregate) => {
      const known = aggregate?.state ?? { facts: [], commands: [] };
      const decided = decide({ history: historyOf(known), commands: known.commands });
      if (!decided.ok) return decided;
      const { answer, change } = decided.value;
      if (change === undefined) return ok({ answer });
      const trace = currentTrace();
      return ok({
        answer,
        set: { facts: [...known.facts, ...change.added.map(toStoredDecision)], commands: change.commands },
        records: change.added.map((decision) => decisionRecord(key, decision, trace)),
      });
    });
  }
}
