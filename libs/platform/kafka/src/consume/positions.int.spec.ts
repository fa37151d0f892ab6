import { instantOf } from '@index766/kernel';
import { createTopics, uniqueName, until } from '@index766/testing-integration';
import { TopicAdmin } from '../topics/topic-admin';
import { deadLetterTopicOf } from '../topics/topic-plan';
import { JournalHandler, JournalStore } from '../test/journal-handler';
import { factRecord } from '../test/fact-record';
import { RunningGroup } from '../test/running-group';
import { WatermarkPublisher } from '../publish/watermark-publisher';

describe('positions', () => {
  const running = new RunningGroup();
  afterAll(() => running.end());
  const positionsOf = async (group: string, topic: string) =>
    (await new TopicAdmin(running.client).groupLag(group, [topic])).map(({ committed, end, lag }) => ({ committed, end, lag }));

  it('are committed behind the last record of each partition, none for an empty one', async () => {
    const topic = uniqueName('facts');
    const group = uniqueName('group');
    await createTopics([{ topic, partitions: 3 }]);
    const handler = new JournalHandler([topic]);
    await running.join(group, [handler], { recordsPerChunk: 4 });
    await running.publisher.send(Array.from({ length: 10 }, (_, index) => ({ ...factRecord(topic, `k${index}`, 1), partition: index === 0 ? 1 : 0 })));

    await until(async () => (await positionsOf(group, topic)).every(({ lag }) => lag === 0n), { what: 'the commits' });
    expect(await positionsOf(group, topic)).toEqual([
      { committed: 9n, end: 9n, lag: 0n }, { committed: 1n, end: 1n, lag: 0n }, { committed: undefined, end: 0n, lag: 0n },
    ]);
  });

  it('pass the control record that ends a transaction', async () => {
    const topic = uniqueName('transaction');
    const group = uniqueName('group');
    await createTopics([topic]);
    const producer = running.client.link().kafka.producer({ transactionalId: uniqueName('tx'), maxInFlightRequests: 1, idempotent: true });
    await producer.connect();
    for (const commits of [true, false]) {
      const transaction = await producer.transaction();
      const { key, value } = factRecord(topic, commits ? 'committed' : 'aborted', 1);
      await transaction.send({ topic, messages: [{ key, value }] });
      await (commits ? transaction.commit() : transaction.abort());
    }
    await producer.disconnect();
    const handler = new JournalHandler([topic]);
    await running.join(group, [handler]);
    await until(() => handler.store.facts.length === 1, { what: 'the committed record' });
    expect(handler.store.textsOf('aborted')).toEqual([]);

    await running.publisher.send([factRecord(topic, 'committed', 2)]);
    await until(async () => (await positionsOf(group, topic)).every(({ lag }) => lag === 0n), { what: 'the commits' });
    expect(handler.store.textsOf('committed')).toHaveLength(2);
  });

  it('of several topics are committed together after what one fetch brought of a lane, each at its place', async () => {
    const topics = ['dossier', 'payment', 'document'].map((name) => uniqueName(name));
    const group = uniqueName('group');
    await createTopics(topics.map((topic) => ({ topic, partitions: 1 })));
    for (const sequence of [1, 2]) await running.publisher.send(topics.flatMap((topic) => ['a', 'b'].map((key) => factRecord(topic, key, sequence))));
    const handler = new JournalHandler(topics);
    let isAway = true;
    handler.faults.save = () => {
      if (!isAway) return;
      isAway = false;
      throw new Error('database away');
    };
    await running.join(group, [handler]);

    await until(async () => (await Promise.all(topics.map((topic) => positionsOf(group, topic)))).flat().every(({ lag }) => lag === 0n), { what: 'the commits' });
    for (const topic of topics) expect(await positionsOf(group, topic)).toEqual([{ committed: 4n, end: 4n, lag: 0n }]);
    expect(handler.batches.map(({ behind, keys }) => [behind, keys.map(({ key, items }) => [key, items.length])])).toEqual([[0, [['a', 6], ['b', 6]]]]);
    for (const key of ['a', 'b']) {
      for (const topic of topics) {
        expect(handler.store.journals.get(key)?.facts.filter((fact) => fact.topic === topic).map(({ sequence }) => sequence)).toEqual([1, 2]);
      }
    }
  });

  it('of a handler whose last records say nothing to it are told as the end of the log', async () => {
    const topics = ['dossier', 'decision'].map((name) => uniqueName(name));
    const group = uniqueName('group');
    await createTopics(topics.map((topic) => ({ topic, partitions: 1 })));
    const [dossiers = '', decisions = ''] = topics;
    await running.publisher.send([factRecord(dossiers, 'a', 1), factRecord(dossiers, 'a', 2)]);
    await running.publisher.send([factRecord(decisions, 'a', 1, 'ignore me')]);
    const handler = new JournalHandler(topics);
    await running.join(group, [handler], { recordsPerChunk: 2 });

    await until(async () => (await positionsOf(group, decisions)).every(({ lag }) => lag === 0n), { what: 'the commits' });
    expect(handler.batches.map(({ behind, keys }) => [behind, keys.length])).toEqual([[1, 1], [0, 0]]);
  });

  it('of a handler whose log ends in watermarks are told as the end of the log, in their partition', async () => {
    const topic = uniqueName('dossier');
    const group = uniqueName('group');
    await createTopics([{ topic, partitions: 2 }]);
    const watermarks = new WatermarkPublisher({ sender: running.publisher, producer: 'dossiers', topics: [topic] });
    await running.publisher.send([1, 2].map((sequence) => ({ ...factRecord(topic, 'a', sequence), partition: 1 })));
    await watermarks.sendWatermarks([{ slot: 1, recordedBefore: instantOf(1_000) }]);
    const handler = new JournalHandler([topic]);
    await running.join(group, [handler], { recordsPerChunk: 2 });

    await until(async () => (await positionsOf(group, topic)).every(({ lag }) => lag === 0n), { what: 'the commits' });
    expect(handler.batches.map(({ partition, behind, keys }) => [partition, behind, keys.length])).toEqual([[1, 1, 1], [1, 0, 0]]);
  });

  it('stay in front of what is not done: the next member does it', async () => {
    const topic = uniqueName('facts');
    const group = uniqueName('group');
    await createTopics([topic, deadLetterTopicOf(topic, group)]);
    const store = new JournalStore();
    const stuck = new JournalHandler([topic], store);
    stuck.faults.save = () => {
      throw new Error('database away');
    };
    const first = await running.join(group, [stuck]);
    await running.publisher.send([factRecord(topic, 'k', 1)]);
    await until(() => first.status().pausedLanes.length === 1, { what: 'the blocked lane' });
    await first.close();
    expect(first.status()).toMatchObject({ state: 'closed', ready: false });
    expect(await positionsOf(group, topic)).toEqual([{ committed: undefined, end: 1n, lag: 1n }]);

    await running.join(group, [new JournalHandler([topic], store)]);
    await until(() => store.textsOf('k').length === 1, { what: 'the record' });
  });
});

describe('watermarks', () => {
  const running = new RunningGroup();
  afterAll(() => running.end());

  it('tell each record of a partition the last one before it, over restarts and after a crash before the commit', async () => {
    const topic = uniqueName('facts');
    const group = uniqueName('group');
    await createTopics([{ topic, partitions: 2 }]);
    const watermarks = new WatermarkPublisher({ sender: running.publisher, producer: 'dossiers', topics: [topic] });
    const at = (slot: number, recordedBefore: number) => watermarks.sendWatermarks([{ slot, recordedBefore: instantOf(recordedBefore) }]);
    const fact = (sequence: number, partition = 0) => running.publisher.send([{ ...factRecord(topic, `k${partition}`, sequence), partition }]);
    const store = new JournalStore();
    const knownAfter = (key: string) => store.journals.get(key)?.facts.map((known) => known.knownAfter);

    await fact(1);
    await at(0, 1_000);
    await fact(2);
    await fact(3);
    await at(0, 2_000);
    await at(1, 9_000);
    await fact(4);
    const first = await running.join(group, [new JournalHandler([topic], store)], { recordsPerChunk: 2 });
    await until(() => store.facts.length === 4, { what: 'the facts' });
    await first.close();
    expect(knownAfter('k0')).toEqual([undefined, 1_000, 1_000, 2_000]);

    // Saved, and gone before the commit: the same records come again, and the watermark among them must not count for those before it.
    await fact(5);
    await at(0, 3_000);
    await fact(6);
    await fact(1, 1);
    const crashing = new JournalHandler([topic], new JournalStore());
    crashing.faults.after = () => {
      throw new Error('gone');
    };
    const second = await running.join(group, [crashing]);
    await until(() => second.status().pausedLanes.length === 2, { what: 'the blocked lanes' });
    await second.close();

    const third = await running.join(group, [new JournalHandler([topic], store)]);
    await until(() => store.facts.length === 7, { what: 'the facts' });
    expect(knownAfter('k0')).toEqual([undefined, 1_000, 1_000, 2_000, 2_000, 3_000]);
    expect(knownAfter('k1')).toEqual([9_000]);
    await third.close();

    const fresh = new JournalStore();
    await running.join(uniqueName('rebuild'), [new JournalHandler([topic], fresh)]);
    await until(() => fresh.facts.length === 7, { what: 'a rebuild' });
    for (const key of ['k0', 'k1']) expect(fresh.journals.get(key)?.facts).toEqual(store.journals.get(key)?.facts);
    expect(store.watermarks.map(({ partition, recordedBefore }) => [partition, recordedBefore])).toEqual(expect.arrayContaining([[0, 1_000], [0, 2_000], [0, 3_000], [1, 9_000]]));
  });
});
