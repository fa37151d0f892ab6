import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { databaseFolder, makeDatabaseFolder } from './places.mjs';

const needsRoot = process.getuid() === 0 ? {} : { skip: 'only root has a server with another identity' };

let project;
const made = [];
before(() => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), 'places-')); // only its owner can enter it
});
after(() => {
  for (const folder of [project, ...made]) fs.rmSync(folder, { recursive: true, force: true });
});

test('a state folder that the server can reach holds the database', () => {
  const open = fs.mkdtempSync(path.join(os.tmpdir(), 'places-'));
  made.push(open);
  fs.chmodSync(open, 0o755);

  assert.equal(makeDatabaseFolder(path.join(open, 'state')), path.join(open, 'state'));
});

test('one that it cannot reach names a folder elsewhere, the same each time', needsRoot, () => {
  const state = path.join(project, 'state');
  const folder = makeDatabaseFolder(state);
  made.push(folder);

  assert.notEqual(folder, state);
  assert.equal(makeDatabaseFolder(state), folder);
  assert.equal(databaseFolder(state), folder);
  assert.equal(fs.statSync(folder).mode & 0o777, 0o755);
});

test('one that was removed and made again at the same place does not meet the database of the one before', needsRoot, () => {
  const state = path.join(project, 'again');
  const before = makeDatabaseFolder(state);
  fs.rmSync(state, { recursive: true });
  const folder = makeDatabaseFolder(state);
  made.push(before, folder);

  assert.notEqual(folder, before);
});
