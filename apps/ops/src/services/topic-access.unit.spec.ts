import { RULED_ACCOUNTS, TOPIC_ACCESS, accessRules, ownerOf } from './topic-access';
import { TOPIC_MANIFEST } from './topic-manifest';

const rowOf = (name: string) => TOPIC_ACCESS.find(({ topic }) => topic.name === name);
const sorted = (names: readonly string[]): readonly string[] => [...names].sort();

describe('who may read which topic', () => {
  it('is said of every topic of the manifest once, and of no other', () => {
    expect(sorted(TOPIC_ACCESS.map(({ topic }) => topic.name))).toEqual(sorted(TOPIC_MANIFEST.topics.map(({ name }) => name)));
  });

  it.each(TOPIC_ACCESS.map(({ topic, readers }) => [topic.name, topic, readers] as const))('%s: who reads it in a group, and consumers if it is public', (name, topic, readers) => {
    const inGroups = TOPIC_MANIFEST.groups.filter(({ topics }) => (topics as readonly string[]).includes(name)).map(({ group }) => ownerOf(group));
    const services = readers.filter((account) => account !== 'consumer');
    expect(new Set([topic.producer, ...services])).toEqual(new Set([topic.producer, ...inGroups]));
    expect(readers.includes('consumer')).toBe(topic.visibility === 'public');
  });

  it('leaves names of officers to one reader each', () => {
    const restricted = TOPIC_ACCESS.filter(({ topic }) => topic.visibility === 'restricted');
    expect(restricted.map(({ topic, readers }) => [topic.name, readers])).toEqual([
      ['catalog.restricted.officer.v1', ['aggregator']], ['dossiers.restricted.officer-seen.v1', ['catalog']],
    ]);
  });

  it('gives every topic a producer with an account, and every group an owner', () => {
    for (const { topic } of TOPIC_ACCESS) expect(RULED_ACCOUNTS).toContain(topic.producer);
    for (const { group } of TOPIC_MANIFEST.groups) expect(ownerOf(group)).toBeDefined();
  });
});

describe('the rules of the broker', () => {
  const rules = accessRules();
  const allowed = (account: string, operation: string) => rules.filter((rule) => rule.account === account && rule.operation === operation && rule.resource === 'topic').map(({ name }) => name);

  it('let consumers read public topics and write nothing', () => {
    expect(allowed('consumer', 'read').every((name) => /^[a-z]+\.public\.[a-z-]+\.v\d+$/.test(name))).toBe(true);
    expect(allowed('consumer', 'write')).toEqual([]);
  });

  it.each(RULED_ACCOUNTS.filter((account) => account !== 'consumer'))('let %s write its own topics and what its groups set aside, and nothing else', (account) => {
    for (const name of allowed(account, 'write')) {
      expect(rowOf(name)?.topic.producer === account || name.includes(`.${account}.`)).toBe(true);
    }
  });

  it('name topics in full and groups by their owner', () => {
    for (const { account, resource, name, pattern } of rules) expect([pattern, resource === 'group' ? name : undefined]).toEqual(resource === 'group' ? ['prefixed', `${account}.`] : ['literal', undefined]);
  });
});
