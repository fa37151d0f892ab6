import { ConfigResourceTypes } from 'kafkajs';
import { uniqueName, until } from '@index766/testing-integration';
import { BatchConsumer } from '../consume/batch-consumer';
import { JournalHandler } from '../test/journal-handler';
import { factRecord } from '../test/fact-record';
import { RunningGroup, clientOf } from '../test/running-group';
import { TopicAdmin } from './topic-admin';
import { deadLetterTopicOf, type TopicPlan } from './topic-plan';

describe('the administration of topics', () => {
  const running = new RunningGroup();
  const admin = new TopicAdmin(clientOf());
  afterAll(() => running.end());
  const plan = (name: string, partitions: number, config = {}): TopicPlan => ({ name, partitions, replication: 1, config });

  it('creates what is missing, once, with partitions and settings as planned', async () => {
    const facts = plan(uniqueName('facts'), 12, { 'retention.ms': '-1', 'cleanup.policy': 'delete' });
    const names = plan(uniqueName('names'), 1, { 'cleanup.policy': 'compact' });
    expect(await admin.apply([facts])).toEqual([facts.name]);
    const [one, other] = await Promise.all([admin.apply([facts, names]), admin.apply([facts, names])]);
    expect([...one, ...other]).toContain(names.name);
    expect(await admin.apply([facts, names])).toEqual([]);
    expect(await admin.verify([facts, names])).toEqual({ ok: true, value: undefined });
    expect(await settingsOf(names.name)).toMatchObject({ 'cleanup.policy': 'compact' });
    expect(await settingsOf(facts.name)).toMatchObject({ 'cleanup.policy': 'delete', 'retention.ms': '-1' });
  });

  it('says in words what is missing and what has other partitions', async () => {
    const facts = plan(uniqueName('facts'), 3);
    expect(await admin.verify([facts])).toMatchObject({ ok: false, error: { code: 'TOPICS.MISSING', detail: expect.stringContaining(facts.name) } });
    await admin.apply([facts]);
    expect(await admin.verify([{ ...facts, partitions: 12 }])).toMatchObject({
      ok: false, error: { code: 'TOPICS.OTHER_PARTITIONS', detail: expect.stringContaining(`${facts.name} has 3 and should have 12`) },
    });
  });

  it('sees the lag of a group from outside, before and after it has read', async () => {
    const topic = uniqueName('facts');
    const group = uniqueName('group');
    await admin.apply([plan(topic, 2), plan(deadLetterTopicOf(topic, group), 1)]);
    await running.publisher.send([1, 2, 3].map((sequence) => ({ ...factRecord(topic, 'k', sequence), partition: 1 })));
    expect(await admin.groupLag(group, [topic, uniqueName('unknown')])).toEqual([
      { topic, partition: 0, end: 0n, committed: undefined, lag: 0n }, { topic, partition: 1, end: 3n, committed: undefined, lag: 3n },
    ]);
    await running.join(group, [new JournalHandler([topic])], { lagEveryMs: 100 });
    await until(async () => (await admin.groupLag(group, [topic])).every(({ lag }) => lag === 0n), { what: 'the group to read' });
    await until(async () => (await running.metrics.text()).includes(`kafka_group_lag_records{topic="${topic}",group="${group}"} 0`), { what: 'the lag as a metric' });
  });

  it('forgets a group once its last member has left', async () => {
    const topic = uniqueName('facts');
    const group = uniqueName('group');
    await admin.apply([plan(topic, 1)]);
    const member = await running.join(group, [new JournalHandler([topic])]);
    expect(await admin.groupIds()).toContain(group);
    expect(await admin.membersOf([group, uniqueName('unknown')])).toBe(1);
    expect(await admin.deleteGroups([group])).toEqual([group]);

    await member.close();

    await until(async () => await admin.membersOf([group]) === 0, { what: 'the member to have left' });
    expect(await admin.deleteGroups([group, uniqueName('unknown')])).toEqual([]);
    expect(await admin.groupIds()).not.toContain(group);
  });

  it('reads with other positions under another id, and tells of it under the plain name', async () => {
    const topic = uniqueName('facts');
    const group = uniqueName('group');
    await admin.apply([plan(topic, 1)]);
    await running.publisher.send([factRecord(topic, 'k', 1)]);
    const handler = new JournalHandler([topic]);
    const consumer = new BatchConsumer({ client: running.client, group, groupId: `${group}.g2`, handlers: [handler], deadLetters: running.publisher });
    await consumer.start();
    await until(async () => (await admin.groupLag(`${group}.g2`, [topic])).every(({ lag }) => lag === 0n), { what: 'the group to read' });
    await consumer.close();

    expect(consumer.status().group).toBe(group);
    expect(await admin.groupLag(group, [topic])).toMatchObject([{ committed: undefined, lag: 1n }]);
  });

  async function settingsOf(topic: string): Promise<Record<string, string>> {
    const kafka = running.client.link().kafka.admin();
    await kafka.connect();
    const { resources } = await kafka.describeConfigs({ includeSynonyms: false, resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }] });
    await kafka.disconnect();
    return Object.fromEntries(resources.flatMap(({ configEntries }) => configEntries.map(({ configName, configValue }) => [configName, configValue])));
  }
});
