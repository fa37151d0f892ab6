import { createTopics, startOwnKafka, uniqueName, type Server } from '@index766/testing-integration';
import { instantOf } from '@index766/kernel';
import type { IncomingRecord } from '../consume/incoming-record';
import { Publisher } from '../publish/publisher';
import { WatermarkPublisher } from '../publish/watermark-publisher';
import { factRecord } from '../test/fact-record';
import { clientOf } from '../test/running-group';
import { TopicReader, type ReadRequest } from './topic-reader';

describe('a reader of topics', () => {
  const client = clientOf();
  const publisher = new Publisher({ client });
  const reader = new TopicReader({ client, group: 'specs' });
  afterAll(() => publisher.close());

  const facts = (topic: string, count: number, partition = 0) =>
    Array.from({ length: count }, (_, index) => ({ ...factRecord(topic, `k${partition}`, index + 1), partition }));

  async function readAll(request: ReadRequest, by = reader) {
    const records: IncomingRecord[] = [];
    const ends = await by.read(request, (read) => {
      records.push(...read);
      return Promise.resolve();
    });
    return { ends, texts: records.map(({ partition, value }) => `${partition}/${value?.toString() ?? ''}`), records };
  }

  async function groupsLeft(): Promise<readonly string[]> {
    const admin = client.link().kafka.admin();
    await admin.connect();
    const { groups } = await admin.listGroups();
    await admin.disconnect();
    return groups.map(({ groupId }) => groupId).filter((group) => group.startsWith('specs.reader-'));
  }

  it('reads nothing from empty topics', async () => {
    const topic = uniqueName('facts');
    await createTopics([{ topic, partitions: 2 }]);
    expect(await readAll({ topics: [topic] })).toMatchObject({
      texts: [], ends: [{ topic, partition: 0, offset: 0n }, { topic, partition: 1, offset: 0n }],
    });
  });

  it('reads many partitions of several topics to their ends, each in its order, and leaves no group behind', async () => {
    const [one, other] = [uniqueName('facts'), uniqueName('facts')];
    await createTopics([{ topic: one, partitions: 12 }, { topic: other, partitions: 3 }]);
    const sent = [...Array.from({ length: 11 }, (_, partition) => facts(one, 40, partition)).flat(), ...facts(other, 3, 2)];
    await publisher.send(sent);
    const { records, ends } = await readAll({ topics: [one, other] });
    for (let partition = 0; partition < 12; partition += 1) {
      const offsets = records.filter((record) => record.topic === one && record.partition === partition).map(({ offset }) => Number(offset));
      expect(offsets).toEqual(Array.from({ length: partition === 11 ? 0 : 40 }, (_, index) => index));
    }
    expect(records.filter(({ topic }) => topic === other).map(({ value }) => value?.toString())).toEqual(['1:k2 1', '2:k2 2', '3:k2 3']);
    expect(ends).toHaveLength(15);
    expect(await groupsLeft()).toEqual([]);
  });

  it('begins where it is told, in the partitions that it is told', async () => {
    const topic = uniqueName('facts');
    await createTopics([{ topic, partitions: 3 }]);
    await publisher.send([0, 1, 2].flatMap((partition) => facts(topic, 5, partition)));
    const { texts, ends } = await readAll({
      topics: [topic], partitions: (_, partition) => partition > 0, from: (_, partition) => (partition === 1 ? 3n : 99n),
    });
    expect(texts).toEqual(['1/4:k1 4', '1/5:k1 5']);
    expect(ends).toEqual([{ topic, partition: 1, offset: 5n }, { topic, partition: 2, offset: 5n }]);
  });

  it('waits for who takes the records, and not for what is sent meanwhile', async () => {
    const topic = uniqueName('facts');
    await createTopics([topic]);
    await publisher.send(facts(topic, 20));
    let atOnce = 0;
    const seen: string[] = [];
    await reader.read({ topics: [topic] }, async (records) => {
      atOnce += 1;
      expect(atOnce).toBe(1);
      await publisher.send(facts(topic, 20));
      seen.push(...records.map(({ offset }) => offset));
      atOnce -= 1;
    });
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
  });

  it('ends with the error of who takes the records, and hands nothing on after it', async () => {
    const topic = uniqueName('facts');
    await createTopics([{ topic, partitions: 4 }]);
    await publisher.send([0, 1, 2, 3].flatMap((partition) => facts(topic, 5, partition)));
    let calls = 0;
    const failure = new TypeError('a bug');
    await expect(reader.read({ topics: [topic] }, () => {
      calls += 1;
      return Promise.reject(failure);
    })).rejects.toBe(failure);
    expect(calls).toBe(1);
    expect(await groupsLeft()).toEqual([]);
  });

  it('passes the ends of transactions and what they took back', async () => {
    const topic = uniqueName('transaction');
    await createTopics([topic]);
    const producer = client.link().kafka.producer({ transactionalId: uniqueName('tx'), maxInFlightRequests: 1, idempotent: true });
    await producer.connect();
    for (const commits of [true, false]) {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [{ key: 'k', value: commits ? 'committed' : 'aborted' }] });
      await (commits ? transaction.commit() : transaction.abort());
    }
    await producer.disconnect();
    expect(await readAll({ topics: [topic] })).toMatchObject({ texts: ['0/committed'], ends: [{ offset: 4n }] });
    expect(await readAll({ topics: [topic], from: () => 2n })).toMatchObject({ texts: [] });
  });

  it('tells each record the last watermark that it read before it', async () => {
    const topic = uniqueName('facts');
    await createTopics([topic]);
    const watermarks = new WatermarkPublisher({ sender: publisher, producer: 'specs', topics: [topic] });
    await publisher.send(facts(topic, 1));
    await watermarks.sendWatermarks([{ slot: 0, recordedBefore: instantOf(5_000) }]);
    await publisher.send(facts(topic, 2));
    expect((await readAll({ topics: [topic] })).records.map(({ knownAfter }) => knownAfter)).toEqual([undefined, undefined, 5_000, 5_000]);
  });

  it('refuses topics that do not exist, and stops when it is told', async () => {
    const topic = uniqueName('facts');
    await expect(readAll({ topics: [topic] })).rejects.toMatchObject({ code: 'READER.UNKNOWN_TOPIC', retriable: false });
    await createTopics([topic]);
    await publisher.send(facts(topic, 1));
    const stopping = new AbortController();
    await expect(reader.read({ topics: [topic], signal: stopping.signal }, () => {
      stopping.abort();
      return Promise.resolve();
    })).rejects.toMatchObject({ code: 'READER.STOPPED' });
  });
});

describe('a reader of topics whose broker goes away', () => {
  let kafka: Server;
  beforeAll(async () => {
    kafka = await startOwnKafka();
  });
  afterAll(() => kafka.stop());

  it('goes on where it was when the broker is back, and gives up after its time of patience', async () => {
    const topic = uniqueName('facts');
    const client = clientOf([kafka.address]);
    const publisher = new Publisher({ client });
    await createTopics([{ topic, partitions: 2 }], [kafka.address]);
    await publisher.send([0, 1].flatMap((partition) => Array.from({ length: 3 }, (_, index) => ({ ...factRecord(topic, 'k', index + 1), partition }))));
    await publisher.close();
    const seen: string[] = [];
    await new TopicReader({ client, group: 'specs' }).read({ topics: [topic] }, async (records) => {
      if (seen.length === 0) {
        await kafka.kill();
        await kafka.restart();
      }
      seen.push(...records.map(({ partition, offset }) => `${partition}/${offset}`));
    });
    expect(seen.sort()).toEqual(['0/0', '0/1', '0/2', '1/0', '1/1', '1/2']);

    await kafka.kill();
    const impatient = new TopicReader({ client, group: 'specs', patienceMs: 500 });
    const given = await impatient.read({ topics: [topic] }, () => Promise.resolve()).catch((error: unknown) => error);
    expect(given).toMatchObject({ code: 'READER.AWAY', retriable: true });
  });
});
