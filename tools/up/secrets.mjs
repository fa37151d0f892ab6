import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { stateFolder } from '../../infra/local/state-folder.mjs';

const folder = () => path.join(stateFolder(), 'secrets');

/** Content of a secret file, made by `create` at first use; only its owner can read it. */
function secret(name, create) {
  const file = path.join(folder(), name);
  if (!fs.existsSync(file)) fs.writeFileSync(file, create(), { mode: 0o600 });
  return file;
}

function signingKeyPair() {
  const privateFile = path.join(folder(), 'signing-key.pem');
  const publicFile = path.join(folder(), 'signing-key.public.pem');
  if (!fs.existsSync(privateFile) || !fs.existsSync(publicFile)) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    fs.writeFileSync(privateFile, privateKey, { mode: 0o600 });
    fs.writeFileSync(publicFile, publicKey, { mode: 0o600 });
  }
  return { privateFile, publicFile };
}

/** Accounts of the broker: itself, the operator, each service, and other services that read public topics. */
export const KAFKA_ACCOUNTS = ['broker', 'ops', 'catalog', 'dossiers', 'payments', 'digitization', 'feedback', 'aggregator', 'consumer'];

/** The broker's accounts: passwords by name, and the file of each. */
function kafkaAccounts() {
  const files = Object.fromEntries(KAFKA_ACCOUNTS.map((name) => [name, secret(`kafka-${name}-password`, () => randomBytes(24).toString('base64url'))]));
  const passwords = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, fs.readFileSync(file, 'utf8').trim()]));
  return { passwords, files };
}

/**
 * The random secrets of this installation, made at its first start: the accounts of database and broker, the development key that
 * signs tokens (services get its public half only), the key that signs editions, the keys of officers' pseudonyms and of rating tokens. File names, and the account itself.
 * Besides the lists of static tokens of sources, empty until `npm run token -- --static` adds one, and of payment providers
 * with their keys, empty until somebody writes them in (apps/payments/README.md).
 */
export function secrets() {
  fs.mkdirSync(stateFolder(), { recursive: true }); // on its own: the database's identity has to get through it
  fs.mkdirSync(folder(), { recursive: true, mode: 0o700 });
  const { privateFile, publicFile } = signingKeyPair();
  const passwordFile = secret('database-password', () => randomBytes(24).toString('base64url'));
  return {
    database: { user: 'index766', password: fs.readFileSync(passwordFile, 'utf8').trim() },
    kafka: kafkaAccounts(),
    signingKeyFile: privateFile,
    verifyingKeyFile: publicFile,
    sourceTokensFile: secret('source-tokens.json', () => '[]\n'),
    paymentProvidersFile: secret('payment-providers.json', () => '[]\n'),
    ratingTokenKeyFile: secret('rating-token-key', () => randomBytes(32).toString('hex')),
    editionKeyFile: secret('edition-key.pem', () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })),
    pseudonymKeyFile: secret('officer-pseudonym-key', () => randomBytes(32).toString('hex')),
  };
}
