import { createHash } from 'node:crypto';

/** What codes, pseudonyms and their combinations look like; anything else may be a name or a piece of a broken record. */
const CODE = /^[A-Za-z0-9][A-Za-z0-9._:|/-]{0,99}$/;

/** A key that is a code as it is, any other one by its digest; `–` when there is none. */
export function keyText(key: Uint8Array | null): string {
  if (key === null) return '–';
  const text = textOf(key);
  return text !== undefined && CODE.test(text) ? text : `sha256:${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
}

/** Bytes as text where they are printable UTF-8, otherwise in hexadecimal, 32 bytes a line. */
export function bytesText(bytes: Uint8Array): string {
  const text = textOf(bytes);
  if (text !== undefined && !/[^\P{Cc}\n\t]/u.test(text)) return text;
  return Buffer.from(bytes).toString('hex').replace(/(.{64})(?=.)/g, '$1\n');
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
