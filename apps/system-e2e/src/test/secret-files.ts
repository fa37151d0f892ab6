import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLocalKeyPair } from '@index766/platform-auth';
import type { SecretFiles } from './services';

/** Makes the secrets of a run in a folder of their own, readable by nobody else. */
export function makeSecretFiles(): { readonly secrets: SecretFiles; readonly folder: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'index766-e2e-'));
  const write = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  const { privateKeyPem, publicKeyPem } = createLocalKeyPair();
  const secrets = {
    signingKey: write('signing-key.pem', privateKeyPem),
    verifyingKey: write('signing-key.public.pem', publicKeyPem),
    pseudonymKey: write('pseudonym-key', randomBytes(32).toString('hex')),
    paymentProviders: write('payment-providers.json', '[]'),
    editionKey: write('edition-key.pem', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
    ratingTokenKey: write('rating-token-key', 'a key of rating tokens, for specs alone'),
  };
  return { secrets, folder };
}
