import type { TopicContract } from '@index766/contracts-envelope';
import { lagOf } from './group-offsets';
import { compareWithPlan } from './topic-admin';
import { planTopics } from './topic-plan';

const topic = (name: string, partitions: TopicContract['partitions'], retention: TopicContract['retention']): TopicContract => ({
  name, partitions, retention, producer: 'dossiers', visibility: 'public', keyedBy: 'any', facts: [],
});
const manifest = {
  topics: [topic('dossiers.public.dossier.v1', 'dossier', 'forever'), topic('catalog.restricted.officer.v1', 'reference', 'compacted')],
  groups: [{ group: 'aggregator.ledger', topics: ['dossiers.public.dossier.v1'] }],
};

describe('the plan of topics', () => {
  it('gives every topic partitions, replication and settings, and every group its dead letters', () => {
    expect(planTopics(manifest, { dossierPartitions: 12, replication: 3 })).toEqual([
      { name: 'dossiers.public.dossier.v1', partitions: 12, replication: 3, config: { 'retention.ms': '-1', 'cleanup.policy': 'delete' } },
      { name: 'catalog.restricted.officer.v1', partitions: 1, replication: 3, config: { 'cleanup.policy': 'compact' } },
      { name: 'dossiers.public.dossier.v1.aggregator.ledger.dlt', partitions: 1, replication: 3, config: { 'retention.ms': '-1', 'cleanup.policy': 'delete' } },
    ]);
  });

  it('lets what was set aside of a compacted topic, which is erasable, go after 90 days', () => {
    const plan = planTopics({ ...manifest, groups: [{ group: 'aggregator.reference', topics: ['catalog.restricted.officer.v1'] }] }, { dossierPartitions: 12, replication: 1 });
    expect(plan.at(-1)).toMatchObject({ name: 'catalog.restricted.officer.v1.aggregator.reference.dlt', config: { 'retention.ms': String(90 * 86_400_000) } });
  });

  it('does not load when a group reads what no topic is, or a topic is there twice', () => {
    const options = { dossierPartitions: 12, replication: 1 };
    expect(() => planTopics({ ...manifest, groups: [{ group: 'g', topics: ['misspelt'] }] }, options)).toThrow(/misspelt/);
    expect(() => planTopics({ ...manifest, topics: [...manifest.topics, ...manifest.topics] }, options)).toThrow(/twice/);
  });

  it('is met by a broker that has the same numbers of partitions, whatever else it has', () => {
    const plan = planTopics(manifest, { dossierPartitions: 12, replication: 1 });
    const counts = new Map<string, number>([...plan.map(({ name, partitions }) => [name, partitions] as const), ['other', 3]]);
    expect(compareWithPlan(plan, counts).ok).toBe(true);
    counts.set('dossiers.public.dossier.v1', 6);
    expect(compareWithPlan(plan, counts)).toMatchObject({ ok: false, error: { code: 'TOPICS.OTHER_PARTITIONS' } });
    counts.delete('catalog.restricted.officer.v1');
    expect(compareWithPlan(plan, counts)).toMatchObject({ ok: false, error: { code: 'TOPICS.MISSING', detail: expect.stringMatching(/catalog.restricted.officer.v1$/) } });
  });
});

describe('the lag of a group', () => {
  const ends = [{ topic: 't', partition: 1, start: 0n, end: 10n }, { topic: 't', partition: 0, start: 4n, end: 10n }];
  const committed = (partition: number, offset: bigint | undefined) => ({ topic: 't', partition, offset, metadata: null });

  it.each([
    ['nothing committed: all that is kept', undefined, 6n], ['a position', 7n, 3n], ['a position in front of what is kept', 1n, 6n],
    ['all read', 10n, 0n], ['a position behind the end after a loss', 12n, 0n],
  ])('with %s', (_, offset, lag) => expect(lagOf(ends, [committed(0, offset)])[0]).toEqual({ topic: 't', partition: 0, end: 10n, committed: offset, lag }));

  it('is there for every partition, in order', () => {
    expect(lagOf(ends, []).map(({ partition, lag }) => [partition, lag])).toEqual([[0, 6n], [1, 10n]]);
  });
});
