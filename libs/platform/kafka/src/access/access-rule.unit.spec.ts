import { AclOperationTypes } from 'kafkajs';
import { aclOf, aclText, differencesOf, type AccessRule } from './access-rule';

const reads = (account: string, name: string): AccessRule => ({ account, resource: 'topic', name, pattern: 'literal', operation: 'read' });

describe('what a broker has against what a plan says', () => {
  it('is nothing when both have the same rules, in any order', () => {
    const acls = [reads('dossiers', 'units'), reads('payments', 'units')].map(aclOf);
    expect(differencesOf(acls, [...acls].reverse())).toEqual({ missing: [], foreign: [] });
  });

  it('names what is missing and what nobody planned, operations that no plan has among it', () => {
    const [kept, wanted] = [aclOf(reads('dossiers', 'units')), aclOf(reads('dossiers', 'calendars'))];
    const stale = { ...aclOf(reads('payments', 'officers')), operation: AclOperationTypes.ALL };
    expect(differencesOf([kept, wanted], [kept, stale])).toEqual({ missing: [wanted], foreign: [stale] });
  });

  it('tells a prefix from a name, a host from all of them', () => {
    const all = aclOf({ ...reads('dossiers', 'dossiers.'), resource: 'group' });
    expect(aclText(all)).toBe('User:dossiers read group dossiers.');
    expect(aclText(aclOf({ ...reads('dossiers', 'dossiers.'), resource: 'group', pattern: 'prefixed' }))).toBe('User:dossiers read group dossiers.*');
    expect(aclText({ ...all, host: '10.0.0.1' })).toBe('User:dossiers read group dossiers. from 10.0.0.1');
  });
});
