import type { Result } from '@index766/kernel';
import type { BatchHandler, BatchResult, Folded, IncomingRecord, ItemOutcome } from '@index766/platform-kafka';
import { newAggregate, type AggregateRef, type SaveOutcome } from '@index766/platform-mongo';
import { traceOf, type RecordTrace } from '@index766/platform-observability';

/** A state and the facts that are new in it: they leave with the write of the state. */
export interface AggregateWork<State, Fact> {
  readonly state: State;
  readonly facts: readonly Fact[];
}

/** An aggregate between load and save. */
export interface InWork<State, Fact> {
  readonly ref: AggregateRef;
  readonly change: AggregateWork<State, Fact>;
  /** Of each new fact: that of the record which led to it, whatever else is in the batch. */
  readonly traces: readonly RecordTrace[];
}

/** What is written of an aggregate. */
export interface AggregateToSave<State, Fact> {
  readonly of: AggregateRef;
  readonly change: AggregateWork<State, Fact>;
  readonly traces?: readonly RecordTrace[];
}

/** The service's port to its aggregates. */
export interface AggregatesInWork<Id extends string, State, Fact> {
  findMany(ids: readonly Id[]): Promise<ReadonlyMap<Id, { readonly ref: AggregateRef; readonly state: State }>>;
  saveMany(changes: readonly AggregateToSave<State, Fact>[]): Promise<SaveOutcome>;
}

/** Takes records into aggregates that lead to facts of the service's own. What a record does is said by `take`. */
export abstract class AggregateBatchHandler<Item, Id extends string, State, Fact> implements BatchHandler<Item, InWork<State, Fact>> {
  abstract readonly topics: readonly string[];

  /** @param count told the new facts of each batch */
  constructor(private readonly aggregates: AggregatesInWork<Id, State, Fact>, private readonly count: (newFacts: number) => void) {}

  abstract decode(record: IncomingRecord): Result<Item> | 'ignored';
  abstract keyOf(item: Item): Id;
  /** The `traceparent` of the record. */
  protected abstract traceOf(item: Item): string | undefined;
  protected abstract empty(id: Id): State;
  protected abstract take(change: AggregateWork<State, Fact>, item: Item): { readonly change: AggregateWork<State, Fact>; readonly outcome: ItemOutcome };

  async load(ids: readonly string[]): Promise<ReadonlyMap<string, InWork<State, Fact>>> {
    const stored = await this.aggregates.findMany(ids as readonly Id[]);
    return new Map([...stored].map(([id, { ref, state }]) => [id, { ref, change: { state, facts: [] }, traces: [] }]));
  }

  fold(document: InWork<State, Fact> | undefined, items: readonly Item[]): Folded<InWork<State, Fact>> {
    const [first] = items;
    if (first === undefined) return { document: undefined, outcomes: [] };
    const id = this.keyOf(first);
    let change = document?.change ?? { state: this.empty(id), facts: [] };
    const traces = [...(document?.traces ?? [])];
    const outcomes = items.map((item) => {
      const taken = this.take(change, item);
      change = taken.change;
      while (traces.length < change.facts.length) traces.push(traceOf(this.traceOf(item)));
      return taken.outcome;
    });
    return { document: outcomes.includes('applied') ? { ref: document?.ref ?? newAggregate(id), change, traces } : undefined, outcomes };
  }

  /** Rejects while too many records of an aggregate wait for the broker: the lane pauses, nothing is skipped. */
  async save(documents: ReadonlyMap<string, InWork<State, Fact>>): Promise<readonly string[]> {
    const { lost, full } = await this.aggregates.saveMany([...documents.values()].map(({ ref, change, traces }) => ({ of: ref, change, traces })));
    if (full.size > 0) throw new Error('too many records of an aggregate wait for the broker');
    return [...lost];
  }

  after({ keys }: BatchResult<Item, InWork<State, Fact>>): Promise<void> {
    this.count(keys.reduce((sum, { before, after }) => sum + (after === before ? 0 : (after?.change.facts.length ?? 0)), 0));
    return Promise.resolve();
  }
}
