import { generateKeyPairSync } from 'node:crypto';

/** An Ed25519 key pair for local use. */
export interface LocalKeyPair {
  /** PKCS #8 PEM; stays with whoever issues tokens. */
  readonly privateKeyPem: string;
  /** SPKI PEM; what services get as AUTH_LOCAL_KEY_FILE. */
  readonly publicKeyPem: string;
}

export function createLocalKeyPair(): LocalKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return { privateKeyPem: privateKey, publicKeyPem: publicKey };
}
