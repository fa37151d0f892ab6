import type { Instant } from '@index766/kernel';
import type { TopicContract } from './contract';

/** What stands around the data of a record: CloudEvents 1.0 attributes and our extensions (architecture.md §2). */
export interface Envelope {
  /** `<topic>/<key>/<sequence>`: the same record has the same id however often it is sent. */
  readonly id: string;
  /** `/index766/<service>` */
  readonly source: string;
  readonly type: string;
  /** When it happened, by the source's word (`ce_time`). */
  readonly occurredAt: Instant;
  /** When the producer took it down (`ce_recordedtime`). */
  readonly recordedAt: Instant;
  /** The key of the record: the id of the aggregate. */
  readonly subject: string;
  /** Place among the records of this key in this topic, from 1 without gaps. */
  readonly sequence: number;
  readonly correlationId?: string;
  readonly causationId?: string;
  /** W3C trace context. */
  readonly traceparent?: string;
}

export function recordId(topic: string, key: string, sequence: number): string {
  return `${topic}/${key}/${sequence}`;
}

export function sourceOf(service: string): string {
  return `/index766/${service}`;
}

/** Name of the schema of a type's data, as `ce_dataschema` and as `$id` of the JSON Schema. */
export function dataSchemaOf(type: string): string {
  return `urn:index766:${type}`;
}

/** The envelope of a producer's next record: id and source follow from topic, key and sequence. */
export function envelopeOf(
  topic: TopicContract,
  record: Omit<Envelope, 'id' | 'source'>,
): Envelope {
  return { ...record, id: recordId(topic.name, record.subject, record.sequence), source: sourceOf(topic.producer) };
}
