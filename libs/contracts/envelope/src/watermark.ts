import { formatInstant, ok, parseInstant, refused, type Instant, type Result } from '@index766/kernel';
import { dataSchemaOf, sourceOf } from './envelope';
import { CONTENT_TYPE, HEADER, SPEC_VERSION, headerText, textOf, type RawRecord } from './headers';
import type { EncodedRecord } from './record';

export const WATERMARK_TYPE = 'platform.watermark.v1';
/** Every watermark has this key; the partition it is for is the one it is sent to. */
export const WATERMARK_KEY = 'watermark';

/** A producer's promise on one partition: all that it recorded before `recordedBefore` stands before this record. */
export interface Watermark {
  readonly producer: string;
  readonly recordedBefore: Instant;
}

/** A watermark to send to an explicit partition; it has no sequence, for it says nothing about a key. */
export function encodeWatermark(producer: string, recordedBefore: Instant): EncodedRecord {
  const at = formatInstant(recordedBefore);
  return {
    key: WATERMARK_KEY,
    headers: {
      [HEADER.specVersion]: SPEC_VERSION,
      [HEADER.id]: `${WATERMARK_KEY}/${producer}/${at}`,
      [HEADER.source]: sourceOf(producer),
      [HEADER.type]: WATERMARK_TYPE,
      [HEADER.time]: at,
      [HEADER.subject]: WATERMARK_KEY,
      [HEADER.dataSchema]: dataSchemaOf(WATERMARK_TYPE),
      [HEADER.partitionKey]: WATERMARK_KEY,
      [HEADER.contentType]: CONTENT_TYPE,
    },
    value: Buffer.from(JSON.stringify({ recordedBefore: at })),
  };
}

/** Whether a record is a watermark; asked before `decodeRecord`, for watermarks travel on every fact topic. */
export function isWatermark(record: RawRecord): boolean {
  return headerText(record.headers, HEADER.type) === WATERMARK_TYPE;
}

export function decodeWatermark(record: RawRecord): Result<Watermark> {
  const source = headerText(record.headers, HEADER.source);
  const [, producer] = /^\/index766\/([a-z-]+)$/.exec(source ?? '') ?? [];
  if (producer === undefined) {
    return refused('ENVELOPE.INVALID_HEADER', `header ${HEADER.source} names no producer`, HEADER.source);
  }
  const recordedBefore = readRecordedBefore(record.value);
  if (recordedBefore === undefined) {
    return refused('CONTRACT.INVALID_DATA', 'value.recordedBefore is no instant', 'value.recordedBefore');
  }
  return ok({ producer, recordedBefore });
}

function readRecordedBefore(value: Uint8Array | null): Instant | undefined {
  const text = value === null ? undefined : textOf(value);
  if (text === undefined) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    const at = json !== null && typeof json === 'object' && 'recordedBefore' in json ? json.recordedBefore : undefined;
    return typeof at === 'string' ? parseInstant(at) : undefined;
  } catch {
    return undefined;
  }
}
