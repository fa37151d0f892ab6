// Makes the secrets of a compose installation in its volumes, at its first start; what is there stays as it is.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { secrets } from '../../tools/up/secrets.mjs';

/** The accounts are read by servers that run as other users; each server mounts its own and no other. */
const ACCOUNTS = '/account';
const READABLE_THERE = { mode: 0o644 };

const { database, kafka, pseudonymKeyFile } = secrets();
const { user, password } = database;
const uri = `mongodb://${encodeURIComponent(user)}:${encodeURIComponent(password)}@mongo:27017/?authSource=admin`;
writeFileSync(path.join(path.dirname(pseudonymKeyFile), 'mongo-uri'), `${uri}\n`, { mode: 0o600 });
writeFileSync(path.join(ACCOUNTS, 'mongo', 'user'), user, READABLE_THERE);
writeFileSync(path.join(ACCOUNTS, 'mongo', 'password'), password, READABLE_THERE);
const brokerAccounts = Object.entries(kafka.passwords).map(([name, password]) => `${name}=${password}\n`).join('');
writeFileSync(path.join(ACCOUNTS, 'kafka', 'accounts'), brokerAccounts, READABLE_THERE);
const grafana = path.join(ACCOUNTS, 'grafana', 'password');
if (!existsSync(grafana)) writeFileSync(grafana, randomBytes(24).toString('base64url'), READABLE_THERE);
process.stdout.write(`secrets of ${readFileSync(path.join(ACCOUNTS, 'mongo', 'user'), 'utf8')} are there\n`);
