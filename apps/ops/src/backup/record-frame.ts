import type { RawHeaders } from '@index766/contracts-envelope';
import type { VerbatimRecord } from '@index766/platform-kafka';
import { contentOf, framed } from './frames';

/** Bytes as text where that says the same, else in base64. */
type Bytes = string | { readonly base64: string } | null;
type HeaderBytes = Bytes | readonly Bytes[];

interface StoredRecord {
  readonly partition: number;
  readonly key: Bytes;
  readonly headers: Readonly<Record<string, HeaderBytes>>;
  readonly value: Bytes;
}

/** A record of a topic; key, headers and value are its own bytes. */
export type CopiedRecord = Omit<VerbatimRecord, 'topic' | 'partition'> & { readonly partition: number };

export function recordFrame({ partition, key, headers, value }: CopiedRecord): Uint8Array {
  const stored: StoredRecord = {
    partition, key: stateBytes(key), value: stateBytes(value),
    headers: Object.fromEntries(Object.entries(headers).flatMap(([name, header]) => (header === undefined ? [] : [[name, stateHeader(header)]]))),
  };
  return framed(Buffer.from(JSON.stringify(stored)));
}

export function recordIn(frame: Uint8Array): CopiedRecord {
  const { partition, key, headers, value } = JSON.parse(Buffer.from(contentOf(frame)).toString('utf8')) as StoredRecord;
  return {
    partition, key: readBytes(key), value: readBytes(value),
    headers: Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, readHeader(header)])),
  };
}

function stateBytes(bytes: Uint8Array | string | null): Bytes {
  if (bytes === null || typeof bytes === 'string') return bytes;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  return Buffer.from(text).equals(buffer) ? text : { base64: buffer.toString('base64') };
}

function readBytes(stored: Bytes): Buffer | null {
  if (stored === null) return null;
  return typeof stored === 'string' ? Buffer.from(stored) : Buffer.from(stored.base64, 'base64');
}

function stateHeader(header: NonNullable<RawHeaders[string]>): HeaderBytes {
  return Array.isArray(header) ? header.map((part) => stateBytes(part as Uint8Array | string)) : stateBytes(header as Uint8Array | string);
}

function readHeader(stored: HeaderBytes): Buffer | readonly Buffer[] {
  return Array.isArray(stored) ? stored.map((part) => readBytes(part as Bytes) ?? Buffer.alloc(0)) : readBytes(stored as Bytes) ?? Buffer.alloc(0);
}
