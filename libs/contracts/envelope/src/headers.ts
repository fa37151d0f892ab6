/** A header as a Kafka client hands it over. */
export type RawHeader = Uint8Array | string | readonly (Uint8Array | string)[] | undefined;
export type RawHeaders = Readonly<Record<string, RawHeader>>;

/** A record as it comes from a broker; kafkajs's messages fit. */
export interface RawRecord {
  readonly key: Uint8Array | string | null;
  readonly headers?: RawHeaders | undefined;
  readonly value: Uint8Array | null;
}

/** Header names of CloudEvents 1.0, Kafka binary mode, with our extensions. */
export const HEADER = {
  id: 'ce_id',
  source: 'ce_source',
  type: 'ce_type',
  specVersion: 'ce_specversion',
  time: 'ce_time',
  subject: 'ce_subject',
  dataSchema: 'ce_dataschema',
  partitionKey: 'ce_partitionkey',
  sequence: 'ce_sequence',
  recordedTime: 'ce_recordedtime',
  correlationId: 'ce_correlationid',
  causationId: 'ce_causationid',
  traceparent: 'traceparent',
  contentType: 'content-type',
} as const;

export const SPEC_VERSION = '1.0';
export const CONTENT_TYPE = 'application/json';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of UTF-8 bytes; undefined if they are not UTF-8. */
export function textOf(bytes: Uint8Array | string): string | undefined {
  if (typeof bytes === 'string') return bytes;
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of a header that is there exactly once, else undefined. */
export function headerText(headers: RawHeaders | undefined, name: string): string | undefined {
  const header = headers?.[name];
  if (header === undefined) return undefined;
  if (typeof header === 'string' || header instanceof Uint8Array) return textOf(header);
  const [only, ...more] = header;
  return only === undefined || more.length > 0 ? undefined : textOf(only);
}
