import type { IHeaders, Message } from 'kafkajs';
import type { OutgoingRecord, VerbatimRecord } from './outgoing-record';

/** A record in the form that kafkajs sends, with its size on the wire. */
export interface WireMessage {
  readonly topic: string;
  readonly message: Message;
  /** Bytes of key, value and headers plus what Kafka puts around them, rounded up. */
  readonly size: number;
}

const RECORD_OVERHEAD_BYTES = 32;
const HEADER_OVERHEAD_BYTES = 8;

export function toWireMessage(record: OutgoingRecord | VerbatimRecord): WireMessage {
  const key = record.key === null ? null : bytesOf(record.key);
  const value = record.value === null ? null : bytesOf(record.value);
  const headers: IHeaders = {};
  let size = RECORD_OVERHEAD_BYTES + (key?.length ?? 0) + (value?.length ?? 0);
  for (const [name, header] of Object.entries(record.headers)) {
    if (header === undefined) continue;
    const bytes = typeof header === 'string' || header instanceof Uint8Array ? bytesOf(header) : header.map(bytesOf);
    headers[name] = bytes;
    for (const part of Buffer.isBuffer(bytes) ? [bytes] : bytes) size += HEADER_OVERHEAD_BYTES + Buffer.byteLength(name) + part.length;
  }
  const { topic, partition } = record;
  return { topic, message: { key, value, headers, ...(partition === undefined ? {} : { partition }) }, size };
}

function bytesOf(content: Uint8Array | string): Buffer {
  if (typeof content === 'string') return Buffer.from(content);
  return Buffer.isBuffer(content) ? content : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
}
