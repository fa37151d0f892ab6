import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isNodeAtLeast } from './node-version.mjs';

it('a Node of the same or a later version is new enough, an earlier one is not', () => {
  assert.equal(isNodeAtLeast('20.19.0', '20.19.0'), true);
  assert.equal(isNodeAtLeast('20.20.2', '20.19.0'), true);
  assert.equal(isNodeAtLeast('22.0.0', '20.19.0'), true);
  assert.equal(isNodeAtLeast('20.18.9', '20.19.0'), false);
  assert.equal(isNodeAtLeast('18.20.4', '20.19.0'), false);
});
