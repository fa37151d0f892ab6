import { ok, type DossierId, type Result } from '@index766/kernel';
import {
  retrying, type Aggregate, type AggregateChange, type AggregateRef, type AggregateStore, type IndexDeclaration, type MongoDatabase,
  type SaveOutcome,
} from '@index766/platform-mongo';
import { currentTrace, type RecordTrace } from '@index766/platform-observability';
import type { CommandedPayments, ParkedPage, Payments, PaymentsDecision, SavedChange, StoredPayments, ToSave } from '../application/ports';
import type { ParkReason } from '../domain/provider-event';
import { paymentFactRecord } from '../publishing/payment-fact.record';
import { paymentsFields, reconstituteParked, reconstitutePayments, type PaymentsFields, type StoredParked } from './payments.mapper';

export const PAYMENT_COLLECTION = 'payments';

/** Fields that a consumer needs: it has no use for the answers of commands. */
const STATE_FIELDS = ['facts', 'memory', 'parked'] as const;

/** Any: without the lower bound the compatible server reads a page after an id along all ids, not along the index. */
const SOME_REASON = { $exists: true, $gt: '' };

interface ParkedRow {
  readonly _id: DossierId;
  readonly parked: readonly StoredParked[];
}

/** The money of dossiers as documents: state, facts and the records they send in one write. */
export class MongoPayments implements Payments {
  readonly indexes: readonly IndexDeclaration[];

  constructor(
    private readonly store: AggregateStore<PaymentsFields>,
    private readonly database: MongoDatabase,
  ) {
    this.indexes = [
      ...store.indexes,
      {
        collection: store.outbox.collection, name: 'parked_by_reason', keys: { 'parked.reason': 1, _id: 1 },
        // Not `sparse`: every document has an `_id`, so a sparse index over both would hold every document.
        partialFilterExpression: { 'parked.reason': { $exists: true } },
        query: 'GET /v1/parked-events and the number of parked events: dossiers with some, page by page',
      },
    ];
  }

  async findMany(ids: readonly DossierId[]): Promise<ReadonlyMap<DossierId, StoredPayments>> {
    const found = await this.store.findMany(ids, STATE_FIELDS);
    return new Map([...found.values()].map((aggregate) => [aggregate.id as DossierId, toStored(aggregate)]));
  }

  saveMany(changes: readonly ToSave[]): Promise<SaveOutcome> {
    return this.store.saveMany(changes.map(({ of, change, traces }): AggregateChange<PaymentsFields> => ({ of, ...toWrite(of, change, traces) })));
  }

  update<Answer>(
    id: DossierId, decide: (stored: CommandedPayments | undefined) => Result<PaymentsDecision<Answer>>,
  ): Promise<Result<Answer>> {
    return this.store.update(id, (aggregate) => {
      const decided = decide(aggregate && { ...toStored(aggregate), commands: aggregate.state.commands });
      if (!decided.ok) return decided;
      const { answer, change } = decided.value;
      return ok(change === undefined ? { answer } : { answer, ...toWrite({ version: aggregate?.version ?? 0 }, change) });
    });
  }

  async parkedPage(after: DossierId | undefined, limit: number): Promise<ParkedPage> {
    const rows = await retrying(
      () => this.rows()
        .find({ 'parked.reason': SOME_REASON, ...(after === undefined ? {} : { _id: { $gt: after } }) }, {
          projection: { parked: 1 }, maxTimeMS: this.database.commandTimeoutMs,
        })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),
      this.database.retry,
    );
    return {
      items: rows.map(({ _id, parked }) => ({ dossier: _id, parked: parked.map(reconstituteParked) })),
      next: rows.length < limit ? null : (rows.at(-1)?._id ?? null),
    };
  }

  async countParked(): Promise<ReadonlyMap<ParkReason, number>> {
    const counts = await retrying(
      () => this.rows()
        .aggregate<{ readonly _id: ParkReason; readonly count: number }>([
          { $match: { 'parked.reason': { $exists: true } } },
          { $unwind: '$parked' },
          { $group: { _id: '$parked.reason', count: { $sum: 1 } } },
        ], { maxTimeMS: this.database.commandTimeoutMs })
        .toArray(),
      this.database.retry,
    );
    return new Map(counts.map(({ _id, count }) => [_id, count]));
  }

  private rows() {
    return this.database.collection<ParkedRow>(this.store.outbox.collection);
  }
}

function toStored({ state, ...ref }: Aggregate<Pick<PaymentsFields, (typeof STATE_FIELDS)[number]>>): StoredPayments {
  return { ref, state: reconstitutePayments(ref.id as DossierId, state) };
}

function toWrite(of: Pick<AggregateRef, 'version'>, { state, facts, commands }: SavedChange, traces: readonly RecordTrace[] = []) {
  const { set, unset } = paymentsFields(state);
  const answered = commands ?? (of.version === 0 ? [] : undefined);
  const trace = currentTrace();
  return {
    set: { ...set, ...(answered === undefined ? {} : { commands: answered }) },
    unset,
    records: facts.map((fact, index) => paymentFactRecord(fact, traces[index] ?? trace)),
  };
}
