import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { exclusively, makeOnce } from './exclusive.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'exclusive-'));
after(() => fs.rmSync(folder, { recursive: true }));

describe('makeOnce', () => {
  it('makes a thing once for all who ask at the same time', async () => {
    const target = path.join(folder, 'thing');
    let times = 0;
    const make = (draft) => {
      times += 1;
      fs.writeFileSync(draft, 'made');
    };
    await Promise.all([makeOnce(target, make), makeOnce(target, make), makeOnce(target, make)]);
    assert.equal(times, 1);
    assert.equal(fs.readFileSync(target, 'utf8'), 'made');
  });

  it('leaves nothing behind of a try that failed', async () => {
    const target = path.join(folder, 'broken');
    await assert.rejects(makeOnce(target, (draft) => {
      fs.writeFileSync(draft, 'half');
      throw new Error('the download broke off');
    }));
    assert.equal(fs.existsSync(target), false);
    assert.equal(await makeOnce(target, (draft) => fs.writeFileSync(draft, 'whole')), target);
    assert.equal(fs.readFileSync(target, 'utf8'), 'whole');
  });
});

describe('a lock', () => {
  it('of a process that is gone is taken over, even if its number is used again', async () => {
    const lock = path.join(folder, 'stale.lock');
    fs.writeFileSync(lock, `${process.pid} 1`);
    assert.equal(await exclusively(lock, () => 'taken'), 'taken');
    assert.equal(fs.existsSync(lock), false);
  });
});
