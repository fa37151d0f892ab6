import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { areInstalled } from './dependencies.mjs';

const wanted = {
  '': { name: 'index-766' },
  'libs/kernel': { name: '@index766/kernel', version: '0.0.0' },
  'node_modules/@index766/kernel': { resolved: 'libs/kernel', link: true },
  'node_modules/zod': { version: '4.6.7' },
  'node_modules/other-system': { version: '1.0.0', optional: true },
};
const installed = { 'node_modules/@index766/kernel': { link: true }, 'node_modules/zod': { version: '4.6.7' } };

describe('installed packages', () => {
  it('are complete without the optional ones of other systems', () => assert.equal(areInstalled(wanted, installed), true));
  it('are incomplete before the first install', () => assert.equal(areInstalled(wanted, undefined), false));
  it('are outdated when one has another version', () =>
    assert.equal(areInstalled(wanted, { ...installed, 'node_modules/zod': { version: '4.0.0' } }), false));
  it('are outdated when a project was added', () => assert.equal(areInstalled(wanted, { 'node_modules/zod': { version: '4.6.7' } }), false));
});
