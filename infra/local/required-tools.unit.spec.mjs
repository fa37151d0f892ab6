import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAtLeast, versionIn } from './required-tools.mjs';

describe('versions of tools', () => {
  it('are found in what tools print', () => {
    assert.deepEqual(versionIn('openjdk version "17.0.15" 2025-04-15'), [17, 0, 15]);
    assert.deepEqual(versionIn('>=20.19.0'), [20, 19, 0]);
  });

  it('compare number by number, a missing one being 0', () => {
    assert.equal(isAtLeast([1, 19, 8], [1, 25, 4]), false);
    assert.equal(isAtLeast([1, 26], [1, 25, 4]), true);
    assert.equal(isAtLeast([1, 25], [1, 25, 4]), false);
    assert.equal(isAtLeast([20, 19, 0], [20, 19, 0]), true);
    assert.equal(isAtLeast([9], [17]), false);
  });
});
