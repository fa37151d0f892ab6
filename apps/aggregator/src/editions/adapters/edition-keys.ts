import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { parseInstant, type Instant } from '@index766/kernel';

import type { EditionSeal } from '../edition-seal';

const KEY_ID_DIGITS = 16;
const KEY_TYPE = 'ed25519';

/** Half of a key that signed until another one took its place. */
export interface EarlierKey {
  readonly publicKeyPem: string;
  readonly validFrom: Instant;
  /** The next key signs from then on. */
  readonly validTo: Instant;
}

/**
 * Seals with an Ed25519 key. Throws when the text is no such key: a service must not start with one that it cannot use.
 *
 * @param privateKeyPem PKCS #8; undefined: nothing can be published here
 * @param earlier the keys before it, the first one first: what they signed stays to be checked
 */
export function editionSeal(privateKeyPem: string | undefined, earlier: readonly EarlierKey[] = []): EditionSeal {
  const replaced = earlier.map(({ publicKeyPem, ...valid }) => {
    const key = createPublicKey(publicKeyPem);
    return { keyId: keyIdOf(key), publicKeyPem: pemOf(key), ...valid };
  });
  if (privateKeyPem === undefined) return { hashOf, key: null, publishedKeys: replaced };
  const key = signingKey(privateKeyPem);
  const { keyId, publicKeyPem } = key;
  return { hashOf, key, publishedKeys: [...replaced, { keyId, publicKeyPem, validFrom: earlier.at(-1)?.validTo ?? null, validTo: null }] };
}

/**
 * Reads `[{ "publicKey": "-----BEGIN PUBLIC KEY-----…", "validFrom": "2026-01-05T00:00:00Z", "validTo": "2026-11-02T00:00:00Z" }]`.
 * Undefined if it is not of that form, has a key twice or one that is no public Ed25519 key, or spans that overlap or are not in
 * their order.
 */
export function parseEarlierKeys(text: string): readonly EarlierKey[] | undefined {
  const list = parseJson(text);
  if (!Array.isArray(list)) return undefined;
  const keys = list.flatMap((entry: unknown) => readKey(entry) ?? []);
  const ids = new Set(keys.map(({ publicKeyPem }) => keyIdOf(createPublicKey(publicKeyPem))));
  const inOrder = keys.every(({ validFrom, validTo }, index) => validFrom < validTo && (keys[index - 1]?.validTo ?? validFrom) <= validFrom);
  return keys.length === list.length && ids.size === list.length && inOrder ? keys : undefined;
}

function signingKey(pem: string): NonNullable<EditionSeal['key']> {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== KEY_TYPE) throw new Error('EDITION_SIGNING_KEY_FILE: editions are signed with an Ed25519 key');
  const publicKey = createPublicKey(privateKey);
  return { keyId: keyIdOf(publicKey), publicKeyPem: pemOf(publicKey), sign: (sha256) => sign(null, Buffer.from(sha256, 'hex'), privateKey).toString('base64') };
}

function keyIdOf(key: KeyObject): string {
  return createHash('sha256').update(key.export({ type: 'spki', format: 'der' })).digest('hex').slice(0, KEY_ID_DIGITS);
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

function readKey(entry: unknown): EarlierKey | undefined {
  if (entry === null || typeof entry !== 'object') return undefined;
  const { publicKey, validFrom, validTo } = entry as Readonly<Record<string, unknown>>;
  const [from, to] = [validFrom, validTo].map((each) => (typeof each === 'string' ? parseInstant(each) : undefined));
  return typeof publicKey === 'string' && isPublicKey(publicKey) && from !== undefined && to !== undefined
    ? { publicKeyPem: publicKey, validFrom: from, validTo: to }
    : undefined;
}

/** A private key is refused: this file is no secret. */
function isPublicKey(pem: string): boolean {
  try {
    return !pem.includes('PRIVATE') && createPublicKey(pem).asymmetricKeyType === KEY_TYPE;
  } catch {
    return false;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
