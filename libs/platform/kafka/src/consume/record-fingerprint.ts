import { createHash } from 'node:crypto';
import { HEADER, headerText } from '@index766/contracts-envelope';
import type { IncomingRecord } from './incoming-record';

/** 96 bits: two different records under one key and sequence with one fingerprint are not to be expected. */
const FINGERPRINT_LENGTH = 16;

/**
 * A short name of what a record says: its type, instants and value. Two records of one key and sequence are the same
 * exactly if their fingerprints are; what only one sending has (offset, trace) does not count.
 */
export function fingerprintOf({ headers, value }: Pick<IncomingRecord, 'headers' | 'value'>): string {
  const hash = createHash('sha256');
  for (const name of [HEADER.type, HEADER.time, HEADER.recordedTime]) hash.update(`${headerText(headers, name) ?? ''}\n`);
  return hash.update(value ?? '').digest('base64url').slice(0, FINGERPRINT_LENGTH);
}
