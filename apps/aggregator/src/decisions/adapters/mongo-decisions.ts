import { ok, type Result } from '@index766/kernel';
import type { AggregateStore, MongoDatabase } from '@index766/platform-mongo';
import { currentTrace } from '@index766/platform-observability';

import type { DecidedCommand, DecisionAnswer, DecisionHistory, Decisions, StoredDecisions } from '../decision';
import { historyOf, toStoredDecision, type DecisionFields } from './decision.document';
import { decisionRecord } from './decision.record';

export const DECISION_COLLECTION = 'decisions';

/** Decisions as documents: one of each key, with the records they send in the same write. */
export class MongoDecisions implements Decisions {
  constructor(
    private readonly store: AggregateStore<DecisionFields>,
    private readonly database: MongoDatabase,
  ) {}

  async findMany(keys: readonly string[]): Promise<ReadonlyMap<string, DecisionHistory>> {
    const found = await this.store.findMany([...new Set(keys)], ['facts']);
    return new Map([...found].map(([key, { state }]) => [key, historyOf(state)]));
  }

  async findWith(beginning: string): Promise<ReadonlyMap<string, DecisionHistory>> {
    return this.findMany([...(await this.versionsWith(beginning)).keys()]);
  }

  async versionsWith(beginning: string): Promise<ReadonlyMap<string, number>> {
    const found = await this.database.collection<{ readonly _id: string; readonly version: number }>(DECISION_COLLECTION)
      .find({ _id: { $gte: beginning, $lt: `${beginning}\uffff` } }, { projection: { version: 1 }, maxTimeMS: this.database.commandTimeoutMs })
      .toArray();
    return new Map(found.map(({ _id, version }) => [_id, version]));
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
