// The container `secrets`, started again and again on the same volumes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { GIVEN_SECRETS } from './given-secrets.mjs';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'index766-secrets-'));
const at = (...parts) => path.join(root, ...parts);
const original = (file) => at('state', 'secrets', file);
const copyOf = (service, file) => at('given', service, 'secrets', file);
const start = () => execFileSync(process.execPath, [path.join(import.meta.dirname, 'make-secrets.mjs')], {
  env: { PATH: process.env.PATH, INDEX766_STATE: at('state'), ACCOUNTS_FOLDER: at('account'), GIVEN_FOLDER: at('given') }, encoding: 'utf8',
});
/** Every file below the root with its content. */
const everything = () => fs.readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name)).sort().map((file) => [file, fs.readFileSync(file, 'utf8')]);

beforeEach(() => {
  fs.rmSync(root, { recursive: true, force: true });
  for (const server of ['mongo', 'kafka', 'grafana']) fs.mkdirSync(at('account', server), { recursive: true });
  start();
});
after(() => fs.rmSync(root, { recursive: true, force: true }));

test('each service is given what it is told of and is there, for itself alone to read', () => {
  for (const [service, files] of Object.entries(GIVEN_SECRETS)) {
    const there = files.filter((file) => fs.existsSync(original(file)));
    assert.deepEqual(fs.readdirSync(at('given', service, 'secrets')).sort(), [...there].sort());
    for (const file of there) {
      assert.equal(fs.readFileSync(copyOf(service, file), 'utf8'), fs.readFileSync(original(file), 'utf8'));
      assert.equal(fs.statSync(copyOf(service, file)).mode & 0o077, 0);
    }
  }
});

test('a second start changes nothing', () => {
  const before = everything();
  start();
  assert.deepEqual(everything(), before);
});

test('what was changed, added or removed since is given at the next start', () => {
  fs.writeFileSync(original('payment-providers.json'), '[{}]\n');
  fs.writeFileSync(original('edition-earlier-keys.json'), '[]\n');
  start();
  assert.equal(fs.readFileSync(copyOf('payments', 'payment-providers.json'), 'utf8'), '[{}]\n');
  assert.equal(fs.readFileSync(copyOf('aggregator', 'edition-earlier-keys.json'), 'utf8'), '[]\n');

  fs.rmSync(original('edition-earlier-keys.json'));
  start();
  assert.equal(fs.existsSync(copyOf('aggregator', 'edition-earlier-keys.json')), false);
});

test('what a service is no longer told of is taken from it', () => {
  fs.writeFileSync(copyOf('catalog', 'edition-key.pem'), 'x');
  start();
  assert.equal(fs.existsSync(copyOf('catalog', 'edition-key.pem')), false);
});
