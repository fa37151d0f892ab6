import { ok, type Result } from '@index766/kernel';
import {
  retrying, type Aggregate, type AggregateStore, type IndexDeclaration, type MongoDatabase, type OutboxRecord, type RememberedCommand,
  type StateFields,
} from '@index766/platform-mongo';
import { currentTrace, type RecordTrace } from '@index766/platform-observability';
import type { CommandAnswer, DocumentDecision, Documents, Stored } from '../application/ports';
import type { Change } from '../domain/numbered';

/** What every collection of this service has besides its own. */
interface CommonFields {
  readonly hashes: readonly string[];
  readonly commands: readonly RememberedCommand<CommandAnswer>[];
}

/** How one kind of document is written and read. */
export interface DocumentMapping<Id extends string, Fields, State, Fact> {
  readonly reconstitute: (id: Id, fields: Fields) => State;
  /** All fields but the commands, and which optional ones must not be there. */
  readonly fieldsOf: (state: State) => { readonly set: Omit<Fields, 'commands'>; readonly unset: readonly (keyof Fields & string)[] };
  readonly recordOf: (fact: Fact, trace: RecordTrace) => OutboxRecord;
  /** Who looks for a document by its token. */
  readonly tokenQuery: string;
}

/** State, facts and the records they send as documents: one write each. */
export class MongoDocuments<Id extends string, Fields extends StateFields<Fields> & CommonFields, State, Fact> implements Documents<Id, State, Change<State, Fact>> {
  readonly indexes: readonly IndexDeclaration[];

  constructor(
    private readonly store: AggregateStore<Fields>,
    private readonly database: MongoDatabase,
    private readonly mapping: DocumentMapping<Id, Fields, State, Fact>,
  ) {
    this.indexes = [
      ...store.indexes,
      { collection: store.outbox.collection, name: 'by_token', keys: { hashes: 1 }, query: mapping.tokenQuery },
    ];
  }

  async find(id: Id): Promise<Stored<State> | undefined> {
    const found = await this.store.find(id);
    return found && this.toStored(found);
  }

  update<Answer>(
    id: Id, decide: (stored: Stored<State> | undefined) => Result<DocumentDecision<Change<State, Fact>, Answer>>,
  ): Promise<Result<Answer>> {
    return this.store.update(id, (aggregate) => {
      const decided = decide(aggregate && this.toStored(aggregate));
      if (!decided.ok) return decided;
      const { answer, change } = decided.value;
      return ok(change === undefined ? { answer } : { answer, ...this.toWrite(aggregate === undefined, change) });
    });
  }

  async findByToken(hash: string): Promise<Id | undefined> {
    const row = await retrying(
      () => this.database.collection<{ readonly _id: string; readonly hashes: readonly string[] }>(this.store.outbox.collection)
        .findOne({ hashes: hash }, { projection: { _id: 1 }, maxTimeMS: this.database.commandTimeoutMs }),
      this.database.retry,
    );
    return row?._id as Id | undefined;
  }

  private toStored({ state, ...ref }: Aggregate<Fields>): Stored<State> {
    return { ref, state: this.mapping.reconstitute(ref.id as Id, state), commands: state.commands };
  }

  private toWrite(isNew: boolean, { state, facts, commands }: Change<State, Fact> & { readonly commands?: readonly RememberedCommand<CommandAnswer>[] }) {
    const { set, unset } = this.mapping.fieldsOf(state);
    const answered = commands ?? (isNew ? [] : undefined);
    const trace = currentTrace();
    return {
      set: { ...set, ...(answered === undefined ? {} : { commands: answered }) } as Partial<Fields>,
      unset,
      records: facts.map((fact) => this.mapping.recordOf(fact, trace)),
    };
  }
}
