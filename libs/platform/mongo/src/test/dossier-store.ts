import { ok } from '@index766/kernel';
import type { Aggregate, AggregateChange } from '../aggregate/aggregate-document';
import { newAggregate } from '../aggregate/aggregate-document';
import { AggregateStore, type AggregateStoreOptions } from '../aggregate/aggregate-store';
import type { OutboxRecord } from '../aggregate/outbox-entry';
import type { MongoDatabase } from '../connection/mongo-database';
import type { MongoOptions } from '../connection/mongo-options';

export const TOPIC = 'specs.public.dossier.v1';
export const SLOTS = 4;

/** The smallest aggregate that has all that a real one has: some state, and a sequence for its records. */
export interface DossierState {
  readonly unit: string;
  readonly facts: number;
  readonly note?: string;
}

export function mongoOptions(uri: string, database: string): MongoOptions {
  return {
    uri, database, commandTimeoutMs: 10_000, serverSelectionTimeoutMs: 2_000, maxPoolSize: 20, startUpTimeoutMs: 20_000,
  };
}

/** The last character of an id is a digit: its slot. */
export const slotOf = (id: string): number => Number(id.at(-1)) % SLOTS;

export function dossierStore(database: MongoDatabase, options: Partial<AggregateStoreOptions> = {}): AggregateStore<DossierState> {
  return new AggregateStore(database, { collection: 'dossiers', slotOf, ...options });
}

export function recordOf(key: string, sequence: number, topic = TOPIC): OutboxRecord {
  return {
    topic, key, sequence,
    headers: { ce_sequence: String(sequence), ce_subject: key },
    value: Buffer.from(JSON.stringify({ key, sequence })),
  };
}

/** `count` more facts, each with its record. */
export function moreFacts(id: string, dossier: Aggregate<DossierState> | undefined, count = 1): AggregateChange<DossierState> {
  const before = dossier?.state.facts ?? 0;
  return {
    of: dossier ?? newAggregate(id),
    set: { unit: 'H44.114', facts: before + count },
    records: Array.from({ length: count }, (_, index) => recordOf(id, before + index + 1)),
  };
}

/** Adds one fact by `update`; answers its sequence. */
export function addFact(store: AggregateStore<DossierState>, id: string) {
  return store.update(id, (dossier) => {
    const { set, records = [] } = moreFacts(id, dossier);
    return ok({ set, records, answer: (dossier?.state.facts ?? 0) + 1 });
  });
}
