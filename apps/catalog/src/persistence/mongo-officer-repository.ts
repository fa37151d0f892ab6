import { instantOf, ok, type OfficerPseudonym, type Result, type UnitCode } from '@index766/kernel';
import {
  AggregateStore, newAggregate, retrying, type AggregateRef, type IndexDeclaration, type MongoDatabase,
} from '@index766/platform-mongo';

import type { OfficerRepository, Page, StoredOfficer } from '../application/ports';
import type { DecidedOfficer } from '../domain/decide-officer';
import type { KnowledgeSince, Officer } from '../domain/officer';
import { toOfficerRecord } from '../publishing/officer-records';

export const OFFICERS = 'officers';

/** Beside the store's own fields. */
export type OfficerDocument = Omit<Officer, 'recordedAt' | 'knownSince' | 'earlier'> & {
  readonly recordedAt: Date;
  /** Absent in what an earlier version wrote: known since its last record, as far as is known. */
  readonly knownSince?: Date;
  readonly earlier?: readonly (Omit<KnowledgeSince, 'knownSince'> & { readonly knownSince: Date })[];
};
type Row = OfficerDocument & { readonly _id: OfficerPseudonym };

/** Officers as aggregates, with names: this collection and the restricted topic are the only places that have them. */
export class MongoOfficerRepository implements OfficerRepository {
  readonly store: AggregateStore<OfficerDocument>;
  readonly indexes: readonly IndexDeclaration[];

  constructor(
    private readonly database: MongoDatabase,
    onSaved: (slots: ReadonlySet<number>, collection: string) => void,
  ) {
    this.store = new AggregateStore(database, { collection: OFFICERS, slotOf: () => 0, onSaved });
    this.indexes = [
      ...this.store.indexes,
      { collection: OFFICERS, name: 'by-unit', keys: { unit: 1, _id: 1 }, query: 'a page of the officers of a unit' },
      {
        collection: OFFICERS, name: 'by-merge-target', keys: { 'statement.mergedInto': 1 }, sparse: true,
        query: 'whether others are merged into an officer',
      },
    ];
  }

  async find(pseudonym: OfficerPseudonym): Promise<Officer | undefined> {
    const found = await this.store.find(pseudonym);
    return found === undefined ? undefined : fromOfficerDocument(found.state);
  }

  async hasMerged(pseudonym: OfficerPseudonym): Promise<boolean> {
    const merged = await this.query({ 'statement.mergedInto': pseudonym }, 1);
    return merged.length > 0;
  }

  async page(
    { unit, after, limit }: { readonly unit?: UnitCode | undefined; readonly after?: string | undefined; readonly limit: number },
  ): Promise<Page<readonly [pseudonym: OfficerPseudonym, officer: Officer]>> {
    const rows = await this.query({ ...(unit !== undefined && { unit }), ...(after !== undefined && { _id: { $gt: after } }) }, limit);
    return {
      items: rows.map((row) => [row._id, fromOfficerDocument(row)] as const),
      next: rows.length < limit ? null : (rows.at(-1)?._id ?? null),
    };
  }

  record(
    pseudonym: OfficerPseudonym, decide: (officer: Officer | undefined) => Result<DecidedOfficer | undefined>,
  ): Promise<Result<Officer>> {
    return this.store.update(pseudonym, (aggregate) => {
      const before = aggregate === undefined ? undefined : fromOfficerDocument(aggregate.state);
      const decided = decide(before);
      if (!decided.ok) return decided;
      if (decided.value !== undefined) return ok({ answer: decided.value.officer, ...toChange(pseudonym, decided.value) });
      if (before === undefined) throw new Error('an officer that does not exist was left as it is');
      return ok({ answer: before });
    });
  }

  async loadMany(pseudonyms: readonly string[]): Promise<ReadonlyMap<string, StoredOfficer>> {
    const found = await this.store.findMany(pseudonyms);
    return new Map([...found].map(([pseudonym, aggregate]) => [pseudonym, { officer: fromOfficerDocument(aggregate.state), place: aggregate }]));
  }

  async saveMany(
    changes: ReadonlyMap<string, { readonly decided: DecidedOfficer; readonly place: object | undefined }>,
  ): Promise<readonly string[]> {
    const { lost, full } = await this.store.saveMany([...changes].map(([pseudonym, { decided, place }]) => ({
      of: (place as AggregateRef | undefined) ?? newAggregate(pseudonym),
      ...toChange(pseudonym as OfficerPseudonym, decided),
    })));
    if (full.size > 0) throw new Error('too many records of officers wait for the broker');
    return [...lost];
  }

  private query(filter: object, limit: number): Promise<Row[]> {
    return retrying(
      () => this.database.collection<Row>(OFFICERS)
        .find<Row>(filter, { projection: { outbox: 0 }, maxTimeMS: this.database.commandTimeoutMs })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),
      this.database.retry,
    );
  }
}

function toChange(pseudonym: OfficerPseudonym, { officer, tells }: DecidedOfficer) {
  return {
    set: toOfficerDocument(officer),
    ...(tells && { records: [toOfficerRecord(pseudonym, officer)] }),
  };
}

export function toOfficerDocument({ recordedAt, knownSince, earlier, ...officer }: Officer): OfficerDocument {
  return {
    ...officer, recordedAt: new Date(recordedAt), knownSince: new Date(knownSince),
    earlier: earlier.map((each) => ({ ...each, knownSince: new Date(each.knownSince) })),
  };
}

export function fromOfficerDocument(
  { unit, lastSeen, sighting, statement, erased, records, recordedAt, knownSince = recordedAt, earlier = [] }: OfficerDocument,
): Officer {
  return {
    unit, lastSeen, sighting, statement, erased, records, recordedAt: instantOf(recordedAt.getTime()),
    knownSince: instantOf(knownSince.getTime()), earlier: earlier.map((each) => ({ ...each, knownSince: instantOf(each.knownSince.getTime()) })),
  };
}
