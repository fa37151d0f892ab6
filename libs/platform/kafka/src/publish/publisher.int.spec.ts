import { createTopics, readTopic, startOwnKafka, uniqueName, until } from '@index766/testing-integration';
import { Metrics } from '@index766/platform-observability';
import { partitionOf } from '../partition-of';
import { factRecord } from '../test/fact-record';
import { clientOf } from '../test/running-group';
import { Publisher } from './publisher';

describe('a publisher', () => {
  const metrics = new Metrics();
  const publisher = new Publisher({ client: clientOf(), metrics });
  afterAll(() => publisher.close());

  it('puts records into the partition of their key, bytes and headers as given', async () => {
    const topic = uniqueName('facts');
    await createTopics([{ topic, partitions: 7 }]);
    const records = ['H44', 'H44.114', 'Đăk Lăk', ''].map((key, index) => ({ topic, key, headers: { ce_id: `${topic}/${key}/1` }, value: Buffer.from([index, 0xff]) }));
    await publisher.send(records);
    await publisher.send([{ topic, key: 'H44', headers: {}, value: null, partition: 6 }]);

    const read = await readTopic(topic);
    for (const { key, headers, value } of records) {
      expect(read).toContainEqual(expect.objectContaining({ key, headers, value, partition: partitionOf(key, 7) }));
    }
    expect(read).toContainEqual(expect.objectContaining({ key: 'H44', value: null, partition: 6 }));
  });

  it('keeps the order of calls that were made at once, in requests with records of many calls', async () => {
    const topic = uniqueName('facts');
    await createTopics([topic]);
    const before = await requests();
    await Promise.all(Array.from({ length: 500 }, (_, index) => publisher.send([factRecord(topic, 'k', index), factRecord(topic, 'k', index + 0.5)])));

    const sequences = (await readTopic(topic)).map(({ headers }) => Number(headers['ce_sequence']));
    expect(sequences).toEqual(Array.from({ length: 1_000 }, (_, index) => index / 2));
    expect((await requests()) - before).toBeLessThanOrEqual(3);
  });

  it('cuts a call that is too large for one request, in order', async () => {
    const topic = uniqueName('facts');
    await createTopics([topic]);
    const small = new Publisher({ client: clientOf(), limits: { batchRecords: 10, batchBytes: 2_000 }, compression: 'gzip' });
    await small.send(Array.from({ length: 95 }, (_, index) => factRecord(topic, 'k', index)));
    expect((await readTopic(topic)).map(({ headers }) => Number(headers['ce_sequence']))).toEqual(Array.from({ length: 95 }, (_, index) => index));
    await small.close();
  });

  it('tells only the call whose topic does not exist', async () => {
    const topic = uniqueName('facts');
    await createTopics([topic]);
    const unknown = uniqueName('unknown');
    const [there, missing] = await Promise.allSettled([publisher.send([factRecord(topic, 'k', 1)]), publisher.send([factRecord(unknown, 'k', 1)])]);
    expect(there.status).toBe('fulfilled');
    expect(missing).toMatchObject({ status: 'rejected', reason: { code: 'PUBLISHER.UNKNOWN_TOPIC', retriable: true } });
    await createTopics([unknown]);
    await publisher.send([factRecord(unknown, 'k', 1)]);
    expect(await readTopic(unknown)).toHaveLength(1);
  });

  it('tells only the call whose records the broker refuses, with a new producer for the others', async () => {
    const topic = uniqueName('narrow');
    const other = uniqueName('facts');
    await createTopics([{ topic, config: { 'max.message.bytes': '500' } }, other]);
    const large = { ...factRecord(topic, 'k', 1), value: Buffer.alloc(2_000) };
    const [refusedOne, taken] = await Promise.allSettled([publisher.send([large]), publisher.send([factRecord(other, 'k', 1)])]);
    expect(refusedOne).toMatchObject({ status: 'rejected', reason: { code: 'PUBLISHER.REFUSED', retriable: false } });
    expect(taken.status).toBe('fulfilled');
    await publisher.send([factRecord(topic, 'k', 2)]);
    expect((await readTopic(topic)).map(({ headers }) => headers['ce_sequence'])).toEqual(['2']);
    expect(publisher.status()).toEqual({ state: 'connected', queuedRecords: 0, blockedBy: undefined });
  });

  it('sends what waits when it closes and takes nothing more', async () => {
    const topic = uniqueName('facts');
    await createTopics([topic]);
    const closing = new Publisher({ client: clientOf() });
    const sent = closing.send([factRecord(topic, 'k', 1)]);
    await closing.close();
    await sent;
    await expect(closing.send([factRecord(topic, 'k', 2)])).rejects.toMatchObject({ code: 'PUBLISHER.CLOSED' });
    expect(await readTopic(topic)).toHaveLength(1);
  });

  async function requests(): Promise<number> {
    return Number(/kafka_publish_duration_seconds_count (\d+)/.exec(await metrics.text())?.[1] ?? 0);
  }
});

describe('a publisher whose broker is killed and started again', () => {
  it('loses nothing and sends nothing twice', async () => {
    const kafka = await startOwnKafka();
    const publisher = new Publisher({ client: clientOf([kafka.address]) });
    try {
      const topic = uniqueName('facts');
      await createTopics([{ topic, partitions: 3 }], [kafka.address]);
      let sent = 0;
      const caller = { stopped: false };
      const callers = ['a', 'b', 'c', 'd'].map(async (key) => {
        for (let sequence = 1; !caller.stopped; sequence += 1) {
          await publisher.send([factRecord(topic, key, sequence)]);
          sent += 1;
        }
      });
      await until(() => sent > 200, { what: 'records before the kill' });
      await kafka.kill();
      await until(() => publisher.status().blockedBy !== undefined, { what: 'the publisher to notice' });
      await kafka.restart();
      const after = sent;
      await until(() => sent > after + 200, { what: 'records after the restart', timeoutMs: 30_000 });
      caller.stopped = true;
      await Promise.all(callers);

      const read = await readTopic(topic, { brokers: [kafka.address], timeoutMs: 30_000 });
      for (const key of ['a', 'b', 'c', 'd']) {
        const sequences = read.filter((record) => record.key === key).map(({ headers }) => Number(headers['ce_sequence']));
        expect(sequences).toEqual(sequences.map((_, index) => index + 1));
      }
      expect(read).toHaveLength(sent);
    } finally {
      await publisher.close();
      await kafka.stop();
    }
  });

  it('gives up after its time, says so, and sends again when the broker is back', async () => {
    const kafka = await startOwnKafka();
    const publisher = new Publisher({ client: clientOf([kafka.address]), sendWithinMs: 2_000 });
    try {
      const topic = uniqueName('facts');
      await createTopics([topic], [kafka.address]);
      await publisher.send([factRecord(topic, 'k', 1)]);
      await kafka.kill();
      await expect(publisher.send([factRecord(topic, 'k', 2)])).rejects.toMatchObject({ code: 'PUBLISHER.AWAY', retriable: true });
      expect(publisher.status()).toMatchObject({ state: 'recovering', blockedBy: 'sending took more than 2000 ms' });
      await kafka.restart();
      await until(() => publisher.send([factRecord(topic, 'k', 3)]).then(() => true), { what: 'the broker to be back', timeoutMs: 30_000 });
      expect(publisher.status().blockedBy).toBeUndefined();
      await publisher.close(1_000);
    } finally {
      await kafka.stop();
    }
  });
});
