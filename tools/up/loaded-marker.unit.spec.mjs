import assert from 'node:assert/strict';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { isLoaded, markLoaded } from './loaded-marker.mjs';

let state;
let catalog;
let answer;
before(async () => {
  state = fs.mkdtempSync(path.join(os.tmpdir(), 'loaded-marker-'));
  process.env.INDEX766_STATE = state;
  const server = http.createServer((_request, response) => response.writeHead(answer.status).end(JSON.stringify(answer.body)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  catalog = { server, url: `http://127.0.0.1:${server.address().port}` };
});
after(() => {
  catalog.server.close();
  fs.rmSync(state, { recursive: true });
});

test('a sample is loaded when it was marked and the catalog has units', async () => {
  answer = { status: 200, body: { items: [{ key: 'H44' }] } };
  assert.equal(await isLoaded('docker', 'default', catalog.url), false);
  markLoaded('docker', 'default');
  assert.equal(await isLoaded('docker', 'default', catalog.url), true);
  assert.equal(await isLoaded('local', 'default', catalog.url), false);
});

test('a mark whose data is gone does not count', async () => {
  markLoaded('docker', 'pruned');
  answer = { status: 200, body: { items: [] } };
  assert.equal(await isLoaded('docker', 'pruned', catalog.url), false);
});

test('a catalog that does not answer as it should is no empty one', async () => {
  markLoaded('docker', 'default');
  answer = { status: 503, body: {} };
  await assert.rejects(isLoaded('docker', 'default', catalog.url), /503/);
});
