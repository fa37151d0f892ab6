import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';

import type { EditionSeal } from '../edition-seal';

const KEY_ID_DIGITS = 16;

/**
 * Seals with an Ed25519 key. Throws when the text is no such key: a service must not start with one that it cannot use.
 *
 * @param privateKeyPem PKCS #8; undefined: nothing can be published here
 */
export function editionSeal(privateKeyPem: string | undefined): EditionSeal {
  return { hashOf, key: privateKeyPem === undefined ? null : signingKey(privateKeyPem) };
}

function signingKey(pem: string): NonNullable<EditionSeal['key']> {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('EDITION_SIGNING_KEY_FILE: editions are signed with an Ed25519 key');
  const publicKey = createPublicKey(privateKey);
  const keyId = createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('hex').slice(0, KEY_ID_DIGITS);
  return {
    keyId,
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (sha256) => sign(null, Buffer.from(sha256, 'hex'), privateKey).toString('base64'),
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
