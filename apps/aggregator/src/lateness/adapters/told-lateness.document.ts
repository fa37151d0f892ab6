import {
  dossierDueSoonV1, dossierOverdueV1, latenessTopic, type DossierOverdueCleared,
} from '@index766/contracts-aggregator';
import { encodeRecord, envelopeOf, type DecodedRecord, type FactContract, type FactOfTopic } from '@index766/contracts-envelope';
import { instantOf, ok, parseInstant, type Instant, type Result } from '@index766/kernel';
import { otherContent, recordsMissing, type LackingFields, type OutboxRecord } from '@index766/platform-mongo';
import type { RecordTrace } from '@index766/platform-observability';

import { NOTHING_TOLD, type LatenessEvent, type ToldLateness } from '../told-lateness';

/** What was told of one dossier, beside the store's own fields. */
export interface ToldFields {
  readonly told: number;
  readonly kind: ToldLateness['kind'];
  readonly dueAt: Date | null;
  readonly cause: string | null;
  /** The type of the last event: a restore compares it with what the topic has. */
  readonly last: string;
  /** The slot while it is due soon or overdue, absent otherwise: so that an index over it has the open ones alone. */
  readonly openIn?: number;
}

const CONTRACTS: ReadonlyMap<string, FactContract> = new Map(latenessTopic.facts.map((contract) => [contract.type, contract]));

export function toldOf({ told, kind, dueAt, cause }: Pick<ToldFields, 'told' | 'kind' | 'dueAt' | 'cause'>): ToldLateness {
  return { told, kind, cause, dueAt: dueAt === null ? null : instantOf(dueAt.getTime()) };
}

/** Fields to write after events; without one the last of before stays. */
export function changeOf({ told, kind, dueAt, cause }: ToldLateness, last: string, slot: number): LackingFields<ToldFields> {
  const set = { told, kind, dueAt: dueAt === null ? null : new Date(dueAt), cause, last };
  return kind === 'in-time' ? { set, unset: ['openIn'] } : { set: { ...set, openIn: slot } };
}

/** The record of an event: final bytes, checked against the contract. */
export function latenessRecord(
  dossier: string, { type, data, occurredAt }: LatenessEvent, sequence: number, recordedAt: Instant, trace: RecordTrace,
): OutboxRecord {
  const contract = CONTRACTS.get(type);
  if (contract === undefined) throw new Error(`the topic of lateness has no ${type}`);
  const envelope = envelopeOf(latenessTopic, { type, occurredAt, recordedAt, subject: dossier, sequence, ...trace });
  return { topic: latenessTopic.name, sequence, ...encodeRecord(envelope, data, contract) };
}

/** What the topic says was told, and the document does not know. */
export function foldBackLateness(
  slot: number, fields: ToldFields | undefined, records: readonly DecodedRecord<FactOfTopic<typeof latenessTopic>>[],
): Result<LackingFields<ToldFields> | undefined> {
  let known: ToldLateness = fields === undefined ? NOTHING_TOLD : toldOf(fields);
  let last = fields?.last ?? '';
  for (const record of records) {
    const { sequence } = record.envelope;
    if (sequence > known.told + 1) return recordsMissing();
    if (sequence === known.told && last !== record.type) return otherContent(sequence);
    if (sequence <= known.told) continue;
    known = toldBy(record);
    last = record.type;
  }
  return ok(known.told === (fields?.told ?? 0) ? undefined : changeOf(known, last, slot));
}

function toldBy({ type, data, envelope: { sequence } }: DecodedRecord<FactOfTopic<typeof latenessTopic>>): ToldLateness {
  switch (type) {
    case dossierDueSoonV1.type:
      return { told: sequence, kind: 'due-soon', dueAt: instantIn(data.dueAt), cause: null };
    case dossierOverdueV1.type:
      return { told: sequence, kind: 'overdue', dueAt: instantIn(data.dueAt), cause: data.cause };
    default:
      return { ...NOTHING_TOLD, told: sequence };
  }
}

function instantIn(text: DossierOverdueCleared['dueAt']): Instant | null {
  return text === undefined ? null : parseInstant(text) ?? null;
}
