import type { decisionTopic } from '@index766/contracts-aggregator';
import type { FactContract, FactOfTopic } from '@index766/contracts-envelope';
import type { Instant, Result } from '@index766/kernel';
import type { RememberedCommand } from '@index766/platform-mongo';

type Said<Fact extends FactContract> = Fact extends FactContract<infer Type, infer Data> ? { readonly type: Type; readonly data: Data } : never;

/** What a decision says: one of the facts of the topic. */
export type Decision = Said<FactOfTopic<typeof decisionTopic>>;

/** A decision as it was recorded. */
export type RecordedDecision = Decision & {
  /** 1, 2, 3 … of its key, without gaps. */
  readonly sequence: number;
  readonly recordedAt: Instant;
};

/** Every decision about one key, in the order of their sequence; each kind folds the state out of it that it needs. */
export type DecisionHistory = readonly RecordedDecision[];

/** What became of a command. */
export interface DecisionAnswer {
  readonly key: string;
  /** Of the last decision about the key. */
  readonly sequence: number;
  readonly recordedAt: string;
  /** How many decisions the command led to; 0: it says nothing new. */
  readonly recorded: number;
}

export interface StoredDecisions {
  readonly history: DecisionHistory;
  readonly commands: readonly RememberedCommand<DecisionAnswer>[];
}

export interface DecidedCommand {
  readonly answer: DecisionAnswer;
  /** Absent: nothing is written. */
  readonly change?: { readonly added: DecisionHistory; readonly commands: readonly RememberedCommand<DecisionAnswer>[] };
}

/**
 * Port: the decisions that were taken, by key, outside of every generation of figures. What is recorded leaves for the topic
 * with the same write. Each method rejects when the database is away.
 */
export interface Decisions {
  /** Keys without a decision are absent. */
  findMany(keys: readonly string[]): Promise<ReadonlyMap<string, DecisionHistory>>;
  /** Every key that begins so, with what was decided about it. */
  findWith(beginning: string): Promise<ReadonlyMap<string, DecisionHistory>>;
  /** Of every key that begins so a number that is another one as soon as something was decided about it: nothing else is read. */
  versionsWith(beginning: string): Promise<ReadonlyMap<string, number>>;
  /** Decides on what is stored, again if another writer was faster. Also refuses AGGREGATE.CONTENDED and OUTBOX.FULL. */
  update(key: string, decide: (stored: StoredDecisions) => Result<DecidedCommand>): Promise<Result<DecisionAnswer>>;
}
