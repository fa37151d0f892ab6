import { createHash } from 'node:crypto';

/** 96 bits: two different contents with one hash are not to be expected, within one dossier least of all. */
const HASH_LENGTH = 16;

/** A short name of a content, the same wherever and whenever it is made. */
export function contentHash(content: string): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, HASH_LENGTH);
}
