import { decisionTopic } from '@index766/contracts-aggregator';
import { decodeRecord, isWatermark, type RawRecord } from '@index766/contracts-envelope';
import { compareText } from '@index766/kernel';

import type { DecisionHistory, Decisions, RecordedDecision } from '../decisions';

/** Decisions as their topic tells them. */
export class ToldDecisions implements Pick<Decisions, 'findMany' | 'findWith'> {
  private readonly byKey = new Map<string, Map<number, RecordedDecision>>();

  /** @param beginnings what the keys begin with that are kept */
  constructor(private readonly beginnings: readonly string[]) {}

  take(records: readonly RawRecord[]): void {
    for (const record of records) {
      const decoded = isWatermark(record) ? undefined : decodeRecord(decisionTopic, record);
      // What nobody can read, the aggregator did not send: it counts for nothing there either.
      if (decoded?.ok !== true) continue;
      const { type, data, envelope: { subject, sequence, recordedAt } } = decoded.value;
      if (!this.beginnings.some((beginning) => subject.startsWith(beginning))) continue;
      const known = this.byKey.get(subject) ?? new Map<number, RecordedDecision>();
      this.byKey.set(subject, known);
      // Type and data agree: the contract was checked.
      if (!known.has(sequence)) known.set(sequence, { type, data, sequence, recordedAt } as RecordedDecision);
    }
  }

  findMany(keys: readonly string[]): Promise<ReadonlyMap<string, DecisionHistory>> {
    return Promise.resolve(new Map(keys.flatMap((key) => {
      const known = this.byKey.get(key);
      return known === undefined ? [] : [[key, [...known.values()].sort((a, b) => a.sequence - b.sequence)] as const];
    })));
  }

  findWith(beginning: string): Promise<ReadonlyMap<string, DecisionHistory>> {
    return this.findMany([...this.byKey.keys()].filter((key) => key.startsWith(beginning)).sort(compareText));
  }
}
