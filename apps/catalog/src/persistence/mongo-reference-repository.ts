import { ok, refused, type Refusal, type Result } from '@index766/kernel';
import {
  AggregateStore, newAggregate, retrying, type Aggregate, type AggregateChange, type IndexDeclaration, type MongoDatabase,
} from '@index766/platform-mongo';

import type { Page, PageQuery, ReferenceRepository } from '../application/ports';
import type { History, Recorded } from '../domain/versions';
import type { ToRecord } from '../publishing/reference-records';
import { historyOf, toVersionDocument, type VersionsDocument } from './versions.document';

const IMPORT_ATTEMPTS = 8;
/** Encoded and written without a pause. */
const KEYS_AT_ONCE = 500;
/** Sorts behind every character of a key. */
const LAST_CHARACTER = '\uffff';

export interface ReferenceCollectionOptions<Content> {
  readonly collection: string;
  readonly toRecord: ToRecord<Content>;
  /** Fields of the content that lists are asked by. */
  readonly listedBy: readonly string[];
  readonly onSaved: (slots: ReadonlySet<number>, collection: string) => void;
}

type Row<Content> = VersionsDocument<Content> & { readonly _id: string };

/** Reference records as aggregates: a document per key with all its versions, its records in the same write. */
export class MongoReferenceRepository<Content> implements ReferenceRepository<Content> {
  readonly store: AggregateStore<VersionsDocument<Content>>;
  readonly indexes: readonly IndexDeclaration[];

  constructor(
    private readonly database: MongoDatabase,
    private readonly options: ReferenceCollectionOptions<Content>,
  ) {
    const { collection, onSaved, listedBy } = options;
    // Reference topics have one partition, so every document is in its slot.
    this.store = new AggregateStore(database, { collection, slotOf: () => 0, onSaved });
    this.indexes = [
      ...this.store.indexes,
      ...listedBy.map((field) => ({
        collection, name: `by-${field}`, keys: { [`versions.content.${field}`]: 1, _id: 1 } as const,
        query: `a page of the list by ${field}`,
      })),
    ];
  }

  async find(key: string): Promise<History<Content> | undefined> {
    return (await this.findMany([key])).get(key);
  }

  async findMany(keys: readonly string[]): Promise<ReadonlyMap<string, History<Content>>> {
    const found = await this.store.findMany([...new Set(keys)], ['versions']);
    return new Map([...found].map(([key, { state }]) => [key, historyOf(state)]));
  }

  async page({ after, limit, prefix, having }: PageQuery): Promise<Page<readonly [key: string, History<Content>]>> {
    const filter = {
      ...(having && { [`versions.content.${having.field}`]: having.value }),
      ...((after !== undefined || prefix !== undefined) && {
        _id: { ...(after !== undefined && { $gt: after }), ...(prefix !== undefined && { $gte: prefix, $lt: `${prefix}${LAST_CHARACTER}` }) },
      }),
    };
    const rows = await retrying(
      () => this.database.collection<Row<Content>>(this.options.collection)
        .find<Row<Content>>(filter as object, { projection: { versions: 1 }, maxTimeMS: this.database.commandTimeoutMs })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),
      this.database.retry,
    );
    return {
      items: rows.map((row) => [row._id, historyOf(row)] as const),
      next: rows.length < limit ? null : (rows.at(-1)?._id ?? null),
    };
  }

  async record<Fault>(
    key: string, decide: (history: History<Content>) => Result<Recorded<Content> | undefined, Fault>,
  ): Promise<Result<Recorded<Content> | undefined, Fault | Refusal>> {
    // The store passes refusals on; what this decision was refused with may be more than one.
    let fault: Result<never, Fault> | undefined;
    const updated = await this.store.update<Recorded<Content> | undefined>(key, (aggregate) => {
      const decided = decide(aggregate === undefined ? [] : historyOf(aggregate.state));
      fault = decided.ok ? undefined : decided;
      return ok(decided.ok && decided.value !== undefined
        ? { answer: decided.value, ...this.toChange(key, aggregate, [decided.value]) }
        : { answer: undefined });
    });
    return fault ?? updated;
  }

  async recordMany<Fault>(
    keys: readonly string[],
    decide: (histories: ReadonlyMap<string, History<Content>>) => Result<ReadonlyMap<string, readonly Recorded<Content>[]>, Fault>,
  ): Promise<Result<number, Fault | Refusal>> {
    let recorded = 0;
    for (let attempt = 1; attempt <= IMPORT_ATTEMPTS; attempt += 1) {
      const stored = await this.store.findMany([...new Set(keys)]);
      // What an earlier attempt saved says nothing new any more, so only what was lost is decided again.
      const decided = decide(new Map([...stored].map(([key, { state }]) => [key, historyOf(state)])));
      if (!decided.ok) return decided;
      let isLost = false;
      for (const part of partsOf([...decided.value], KEYS_AT_ONCE)) {
        const { lost, full } = await this.store.saveMany(part.map(([key, added]): AggregateChange<VersionsDocument<Content>> => {
          const aggregate = stored.get(key);
          return { of: aggregate ?? newAggregate(key), ...this.toChange(key, aggregate, added) };
        }));
        if (full.size > 0) return refused('OUTBOX.FULL', 'too many records wait for the broker; try later');
        for (const [key, added] of part) if (!lost.has(key)) recorded += added.length;
        isLost ||= lost.size > 0;
      }
      if (!isLost) return ok(recorded);
    }
    return refused('AGGREGATE.CONTENDED', 'many writers change these at once; try later');
  }

  private toChange(
    key: string, aggregate: Aggregate<VersionsDocument<Content>> | undefined, added: readonly Recorded<Content>[],
  ): Pick<AggregateChange<VersionsDocument<Content>>, 'set' | 'records'> {
    return {
      set: { versions: [...(aggregate?.state.versions ?? []), ...added.map(toVersionDocument)] },
      records: added.map((version) => this.options.toRecord(key, version)),
    };
  }
}

function partsOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
