// Makes the secrets of a compose installation in its volumes, at its first start; what is there stays as it is. At every start each
// service is given those that it needs, in a volume of its own.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { secrets } from '../../tools/up/secrets.mjs';
import { GIVEN_SECRETS } from './given-secrets.mjs';

/** The accounts are read by servers that run as other users; each server mounts its own and no other. */
const ACCOUNTS = process.env.ACCOUNTS_FOLDER ?? '/account';
const GIVEN = process.env.GIVEN_FOLDER ?? '/given';
const READABLE_THERE = { mode: 0o644 };

const { database, kafka, pseudonymKeyFile } = secrets();
const { user, password } = database;
const uri = `mongodb://${encodeURIComponent(user)}:${encodeURIComponent(password)}@mongo:27017/?authSource=admin`;
const all = path.dirname(pseudonymKeyFile);
writeFileSync(path.join(all, 'mongo-uri'), `${uri}\n`, { mode: 0o600 });
writeFileSync(path.join(ACCOUNTS, 'mongo', 'user'), user, READABLE_THERE);
writeFileSync(path.join(ACCOUNTS, 'mongo', 'password'), password, READABLE_THERE);
const brokerAccounts = Object.entries(kafka.passwords).map(([name, password]) => `${name}=${password}\n`).join('');
writeFileSync(path.join(ACCOUNTS, 'kafka', 'accounts'), brokerAccounts, READABLE_THERE);
const grafana = path.join(ACCOUNTS, 'grafana', 'password');
if (!existsSync(grafana)) writeFileSync(grafana, randomBytes(24).toString('base64url'), READABLE_THERE);
for (const [service, files] of Object.entries(GIVEN_SECRETS)) {
  const folder = path.join(GIVEN, service, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const given = files.filter((file) => existsSync(path.join(all, file)));
  for (const file of readdirSync(folder)) if (!given.includes(file)) rmSync(path.join(folder, file));
  for (const file of given) writeFileSync(path.join(folder, file), readFileSync(path.join(all, file)), { mode: 0o600 });
}
process.stdout.write(`secrets of ${readFileSync(path.join(ACCOUNTS, 'mongo', 'user'), 'utf8')} are there\n`);
