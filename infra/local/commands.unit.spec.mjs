import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attempt, reasonIn, run } from './commands.mjs';

describe('the reason why a program failed', () => {
  it('is the first line that speaks of an error, not the advice at the end', () => {
    assert.equal(reasonIn('[INFO] Scanning\n[ERROR] Could not transfer x.jar\n[ERROR] For more information read the manual'), '[ERROR] Could not transfer x.jar');
    assert.equal(reasonIn('E: Failed to fetch a.deb\nE: Unable to fetch some archives'), 'E: Failed to fetch a.deb');
  });

  it('is the last line of a program that says no such word', () => assert.equal(reasonIn('one\ntwo\n'), 'two'));
});

describe('a command', () => {
  it('that is missing ends with 127, as in a shell', async () => assert.equal((await attempt('no-such-program-766', [])).code, 127));

  it('that fails is a failure with purpose and reason', async () => {
    await assert.rejects(run('Fetching it', '/bin/sh', ['-c', 'echo "error: no way" >&2; exit 3']), { name: 'StartFailure', message: 'Fetching it failed: error: no way' });
  });
});
