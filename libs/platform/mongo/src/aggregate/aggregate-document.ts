import type { mongo } from 'mongoose';
import type { FencedWrite, Keyed } from '../documents/fenced-write';
import { toEntry, type OutboxEntry, type OutboxRecord } from './outbox-entry';

/** The store's own fields of a document; those of the state lie beside them. */
export interface AggregateRow extends Keyed {
  readonly version: number;
  readonly slot: number;
  readonly outbox?: readonly OutboxEntry[];
  /** Since when something has waited in the outbox, or somewhat earlier; absent when it is empty. */
  readonly outboxAt?: Date;
}

const STORE_FIELDS: readonly string[] = ['_id', 'version', 'slot', 'outbox', 'outboxAt'] satisfies (keyof AggregateRow)[];


/** A state has its fields beside the store's own and must not use their names. */
export type StateFields<State> = { [Field in keyof State]: Field extends keyof AggregateRow ? never : State[Field] };

/** What a change is compared with. Version 0 = there is no document yet. */
export interface AggregateRef {
  readonly id: string;
  readonly version: number;
  /** Records that had not left when it was read. */
  readonly pending: number;
  /** When it was asked for, on this process's monotonic clock in milliseconds: what is decided on it is saved soon or not at all. */
  readonly readAt?: number;
}

export interface Aggregate<State> extends AggregateRef {
  readonly state: State;
}

export interface AggregateChange<State> {
  /** As it was read, or `newAggregate(id)`. */
  readonly of: AggregateRef;
  /** Top-level fields of the state to write; the others stay. A new aggregate states all of them. */
  readonly set: Partial<State>;
  readonly unset?: readonly (keyof State & string)[];
  readonly records?: readonly OutboxRecord[];
}

/** The place of an aggregate that has no document yet. */
export function newAggregate(id: string): AggregateRef {
  return { id, version: 0, pending: 0, readAt: performance.now() };
}

/** Reconstitutes an aggregate from its document. */
export function fromDocument<State>(row: AggregateRow, readAt: number): Aggregate<State> {
  const { _id, version, outbox = [], slot: _slot, outboxAt: _outboxAt, ...state } = row;
  return { id: _id, version, pending: outbox.length, readAt, state: state as State };
}

/**
 * The compare-and-set of one change. State, records and the mark for the relay are one document write: either all of it
 * is there or nothing.
 */
export function toWrite<State>(change: AggregateChange<State>, slot: number, now: Date): FencedWrite<AggregateRow> {
  const { id, version } = change.of;
  const fields: Record<string, unknown> = { ...change.set };
  for (const field of [...Object.keys(fields), ...(change.unset ?? [])]) {
    if (STORE_FIELDS.includes(field)) throw new Error(`the field ${field} belongs to the store`);
  }
  const { unset = [], records = [] } = change;
  const entries = records.map((record) => toEntry(record, version + 1));
  if (version === 0) {
    const waiting = entries.length > 0 ? { outbox: entries, outboxAt: now } : {};
    const document: AggregateRow = { _id: id, version: 1, slot, ...waiting, ...fields };
    return { id, operation: { insertOne: { document } } };
  }
  const update: mongo.UpdateFilter<AggregateRow> = {
    $set: { ...fields, slot },
    $inc: { version: 1 },
    ...(unset.length > 0 && { $unset: Object.fromEntries(unset.map((field) => [field, '' as const])) }),
    ...(entries.length > 0 && {
      $push: { outbox: { $each: entries } },
      $min: { outboxAt: now },
    }),
  };
  return {
    id,
    remnant: { _id: id, version: version + 1 },
    operation: { updateOne: { filter: { _id: id, version }, update, upsert: true } },
  };
}
