import { createHmac, timingSafeEqual } from 'node:crypto';
import { ok, refused, type Instant, type Result } from '@index766/kernel';

/** When the provider signed: whole seconds since 1970. */
export const TIMESTAMP_HEADER = 'X-Signature-Timestamp';
/** `sha256=<hex>`: HMAC-SHA-256 of `<timestamp>.<body>`; several between commas while keys are replaced. */
export const SIGNATURE_HEADER = 'X-Signature';

export interface SignedRequest {
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  /** The bytes as they came: another form of the same JSON has another signature. */
  readonly body: Uint8Array;
}

export interface SignatureRules {
  readonly keys: readonly string[];
  readonly now: Instant;
  /** How far the timestamp may lie before or after now: what was signed earlier may be a replay. */
  readonly toleranceMs: number;
}

const SECONDS = /^\d{1,11}$/;
const SIGNATURE = /^sha256=([0-9a-f]{64})$/;
const MOST_SIGNATURES = 5;

/** What a provider signs with one of its keys. */
export function signEvent(key: string, timestamp: string, body: Uint8Array): string {
  return `sha256=${hmacOf(key, timestamp, body).toString('hex')}`;
}

/**
 * Whether a provider signed these bytes, and lately. Refuses with PROVIDER.SIGNATURE_MISSING, PROVIDER.SIGNATURE_INVALID
 * (401) and, only for a right signature, PROVIDER.TIMESTAMP_OUT_OF_WINDOW (400). Takes as long for any signature of the
 * right form, whether it nearly fits or not, and whichever key it was made with.
 */
export function checkSignature({ timestamp, signature, body }: SignedRequest, { keys, now, toleranceMs }: SignatureRules): Result<undefined> {
  if (timestamp === undefined || signature === undefined) {
    return refused('PROVIDER.SIGNATURE_MISSING', `send the headers ${TIMESTAMP_HEADER} and ${SIGNATURE_HEADER}`);
  }
  const given = signaturesIn(signature);
  const stated = SECONDS.test(timestamp);
  let fits = false;
  for (const key of keys) {
    const expected = hmacOf(key, timestamp, body);
    for (const each of given) fits = timingSafeEqual(expected, each) || fits;
  }
  if (!fits || !stated) return refused('PROVIDER.SIGNATURE_INVALID', 'the signature is of none of the keys of this provider', SIGNATURE_HEADER);
  return Math.abs(Number(timestamp) * 1_000 - now) <= toleranceMs
    ? ok(undefined)
    : refused('PROVIDER.TIMESTAMP_OUT_OF_WINDOW', 'the event was signed too long ago, or ahead of our clock: sign it again', TIMESTAMP_HEADER);
}

function signaturesIn(header: string): readonly Uint8Array[] {
  const parts = header.split(',').slice(0, MOST_SIGNATURES).map((part) => SIGNATURE.exec(part.trim())?.[1]);
  return parts.flatMap((hex) => (hex === undefined ? [] : [Buffer.from(hex, 'hex')]));
}

function hmacOf(key: string, timestamp: string, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`${timestamp}.`).update(body).digest();
}
