import { formatInstant, ok, parseInstant, refused, type Instant, type Result } from '@index766/kernel';
import type { DataOf, FactContract, FactOfTopic, TopicContract } from './contract';
import { dataSchemaOf, recordId, sourceOf, type Envelope } from './envelope';
import { CONTENT_TYPE, HEADER, SPEC_VERSION, headerText, textOf, type RawRecord } from './headers';

/** Largest value of a record. The entry waits inside its aggregate's document, so it has to stay small. */
export const MAX_VALUE_BYTES = 64 * 1024;

/** A record ready to send: final bytes. */
export interface EncodedRecord {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Buffer;
}

/** The record of a compacted topic that erases its key. */
export interface EncodedTombstone extends Omit<EncodedRecord, 'value'> {
  readonly value: null;
}

/** A record that was checked against its contract; `type` tells which data it has. */
export type DecodedRecord<Fact extends FactContract = FactContract> = Fact extends FactContract<infer Type, infer Data>
  ? { readonly type: Type; readonly envelope: Envelope; readonly data: Data }
  : never;

/** Thrown by `encodeRecord`: the producer itself broke its contract. Names the path, never a value. */
export class ContractViolation extends Error {
  override readonly name = 'ContractViolation';
}

/**
 * Final, validated bytes of one record. The value holds the contract's fields and no others. Throws a
 * `ContractViolation` if data or envelope break the contract: what a producer writes was decided by its own code.
 */
export function encodeRecord<Fact extends FactContract>(
  envelope: Envelope,
  data: DataOf<Fact>,
  contract: Fact,
): EncodedRecord {
  if (envelope.type !== contract.type) throw new ContractViolation(`envelope type is not ${contract.type}`);
  if (envelope.subject === '') throw new ContractViolation(`${contract.type}: a record needs a key`);
  if (!Number.isSafeInteger(envelope.sequence) || envelope.sequence < 1) {
    throw new ContractViolation(`${contract.type}: a sequence counts from 1`);
  }
  const checked = contract.schema.safeParse(data);
  if (!checked.success) throw new ContractViolation(`${contract.type}: ${problemOf(checked.error.issues).detail}`);
  const value = Buffer.from(JSON.stringify(checked.data));
  if (value.length > MAX_VALUE_BYTES) {
    throw new ContractViolation(`${contract.type}: the value has more than ${MAX_VALUE_BYTES} bytes`);
  }
  return { key: envelope.subject, headers: headersOf(envelope), value };
}

/** Says of the key of a compacted topic that there is nothing any more; the envelope is that of the type that it had. */
export function encodeTombstone(envelope: Envelope): EncodedTombstone {
  return { key: envelope.subject, headers: headersOf(envelope), value: null };
}

/**
 * Reads a record of a topic and checks it against the contract of its type. Fields that the contract does not know are
 * dropped, so that a producer can add some. A refusal (`ENVELOPE.*`, `CONTRACT.*`) names header or path, never a value.
 */
export function decodeRecord<Topic extends TopicContract>(
  topic: Topic,
  record: RawRecord,
): Result<DecodedRecord<FactOfTopic<Topic>>> {
  const envelope = decodeEnvelope(topic, record);
  if (!envelope.ok) return envelope;
  const contract = contractOf(topic, envelope.value.type);
  if (!contract) return refused('CONTRACT.UNKNOWN_TYPE', 'the topic has no such type of record', HEADER.type);
  const data = decodeValue(contract, record.value);
  if (!data.ok) return data;
  const decoded = { type: contract.type, envelope: envelope.value, data: data.value };
  return ok(decoded as DecodedRecord<FactOfTopic<Topic>>);
}

/** True for the record that erases a key of a compacted topic. */
export function isTombstone(topic: TopicContract, record: RawRecord): boolean {
  return topic.retention === 'compacted' && record.value === null && record.key !== null;
}

function headersOf(envelope: Envelope): Record<string, string> {
  const headers: Record<string, string> = {
    [HEADER.specVersion]: SPEC_VERSION,
    [HEADER.id]: envelope.id,
    [HEADER.source]: envelope.source,
    [HEADER.type]: envelope.type,
    [HEADER.time]: formatInstant(envelope.occurredAt),
    [HEADER.subject]: envelope.subject,
    [HEADER.dataSchema]: dataSchemaOf(envelope.type),
    [HEADER.partitionKey]: envelope.subject,
    [HEADER.sequence]: String(envelope.sequence),
    [HEADER.recordedTime]: formatInstant(envelope.recordedAt),
    [HEADER.contentType]: CONTENT_TYPE,
  };
  if (envelope.correlationId !== undefined) headers[HEADER.correlationId] = envelope.correlationId;
  if (envelope.causationId !== undefined) headers[HEADER.causationId] = envelope.causationId;
  if (envelope.traceparent !== undefined) headers[HEADER.traceparent] = envelope.traceparent;
  return headers;
}

function decodeEnvelope(topic: TopicContract, record: RawRecord): Result<Envelope> {
  const key = record.key === null ? undefined : textOf(record.key);
  if (key === undefined || key === '') return refused('ENVELOPE.NO_KEY', 'a record needs a key in UTF-8', 'key');
  const read = (name: string): string | undefined => headerText(record.headers, name);
  const id = read(HEADER.id);
  const source = read(HEADER.source);
  const type = read(HEADER.type);
  const subject = read(HEADER.subject);
  if (id === undefined) return missing(HEADER.id);
  if (source === undefined) return missing(HEADER.source);
  if (type === undefined) return missing(HEADER.type);
  if (subject === undefined) return missing(HEADER.subject);
  if (read(HEADER.specVersion) !== SPEC_VERSION) {
    return refused('ENVELOPE.UNSUPPORTED_VERSION', 'the record is no CloudEvent 1.0', HEADER.specVersion);
  }
  if (!isJson(read(HEADER.contentType))) {
    return refused('ENVELOPE.UNSUPPORTED_CONTENT', `the content type is not ${CONTENT_TYPE}`, HEADER.contentType);
  }
  const occurredAt = readInstant(read(HEADER.time));
  const recordedAt = readInstant(read(HEADER.recordedTime));
  const sequence = readSequence(read(HEADER.sequence));
  if (occurredAt === undefined) return invalid(HEADER.time, 'is no instant');
  if (recordedAt === undefined) return invalid(HEADER.recordedTime, 'is no instant');
  if (sequence === undefined) return invalid(HEADER.sequence, 'is no whole number from 1');
  if (source !== sourceOf(topic.producer)) return invalid(HEADER.source, 'is not the producer of the topic');
  if (subject !== key) return invalid(HEADER.subject, 'is not the key of the record');
  if (id !== recordId(topic.name, key, sequence)) return invalid(HEADER.id, 'is not topic, key and sequence');
  const correlationId = read(HEADER.correlationId);
  const causationId = read(HEADER.causationId);
  const traceparent = read(HEADER.traceparent);
  return ok({
    id, source, type, occurredAt, recordedAt, subject, sequence,
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(causationId === undefined ? {} : { causationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
  });
}

function decodeValue(contract: FactContract, value: Uint8Array | null): Result<unknown> {
  if (value === null) return refused('ENVELOPE.NO_VALUE', 'the record has no value', 'value');
  const json = parseJson(value);
  if (json === undefined) return refused('CONTRACT.NOT_JSON', 'the value is no JSON text in UTF-8', 'value');
  const checked = contract.schema.safeParse(json);
  if (checked.success) return ok(checked.data);
  const { detail, path } = problemOf(checked.error.issues);
  return refused('CONTRACT.INVALID_DATA', detail, path);
}

/** The first problem by path and kind. zod's own messages are left out: some repeat what was sent. */
function problemOf(issues: readonly { readonly code?: string; readonly path: readonly PropertyKey[] }[]): {
  readonly detail: string;
  readonly path: string;
} {
  const [issue] = issues;
  const path = ['value', ...(issue?.path ?? [])].map(String).join('.');
  return { detail: `${path} is against the contract (${issue?.code ?? 'unknown'})`, path };
}

const contractsByType = new WeakMap<TopicContract, ReadonlyMap<string, FactContract>>();

function contractOf(topic: TopicContract, type: string): FactContract | undefined {
  let contracts = contractsByType.get(topic);
  if (!contracts) {
    contracts = new Map(topic.facts.map((fact) => [fact.type, fact]));
    contractsByType.set(topic, contracts);
  }
  return contracts.get(type);
}

function parseJson(value: Uint8Array): unknown {
  const text = textOf(value);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === CONTENT_TYPE;
}

function readInstant(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : parseInstant(text);
}

function readSequence(text: string | undefined): number | undefined {
  if (text === undefined || !/^[1-9]\d{0,15}$/.test(text)) return undefined;
  const sequence = Number(text);
  return Number.isSafeInteger(sequence) ? sequence : undefined;
}

function missing(header: string): Result<never> {
  return refused('ENVELOPE.MISSING_HEADER', `header ${header} is missing, repeated or not UTF-8`, header);
}

function invalid(header: string, reason: string): Result<never> {
  return refused('ENVELOPE.INVALID_HEADER', `header ${header} ${reason}`, header);
}
