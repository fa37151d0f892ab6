import { readFileSync } from 'node:fs';
import {
  createTopics, databaseName, openDatabase, readTopic, sendRecords, startMongoProcess, startOwnKafka, startOwnMongo, uniqueName,
  type OpenDatabase,
} from '.';

describe('a topic of the run', () => {
  it('gives back records of one key in order, with header and value bytes as sent', async () => {
    const topic = uniqueName('specs.order');
    await createTopics([{ topic, partitions: 3 }]);
    const sent = Array.from({ length: 20 }, (_, at) => ({ key: 'one', value: `value ${String(at)}`, headers: { ce_sequence: String(at + 1) } }));
    await sendRecords(topic, sent);

    const read = await readTopic(topic);

    expect(read.map(({ key, value, headers }) => ({ key, value: value?.toString('utf8'), headers }))).toEqual(sent);
  });

  it('reads nothing from an empty topic and says how many came when records are missing', async () => {
    const topic = uniqueName('specs.empty');
    await createTopics([topic]);
    expect(await readTopic(topic)).toEqual([]);

    await sendRecords(topic, [{ key: null, value: null }]);
    await expect(readTopic(topic, { count: 2, timeoutMs: 1500 })).rejects.toThrow(/only 1 records/);
    expect(await readTopic(topic, { until: (records) => records.length === 1 })).toEqual([
      expect.objectContaining({ key: '', value: null, offset: 0n }),
    ]);
  });
});

describe('a database of the run', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase(databaseName(__filename));
  });
  afterAll(() => database.close());

  it('keeps documents and refuses a second one with the same id as code 11000', async () => {
    const marks = database.db.collection<{ _id: string }>('marks');
    await marks.insertOne({ _id: 'one' });
    await expect(marks.insertOne({ _id: 'one' })).rejects.toMatchObject({ code: 11000 });
    expect(await marks.countDocuments()).toBe(1);
  });
});

describe('a server of the own', () => {
  it('keeps acknowledged records through a kill and a restart', async () => {
    const kafka = await startOwnKafka();
    try {
      const brokers = [kafka.address];
      const topic = uniqueName('specs.kill');
      await createTopics([topic], brokers);
      await sendRecords(topic, [{ key: 'k', value: 'kept' }], brokers);
      await kafka.kill();
      await kafka.restart();
      const read = await readTopic(topic, { count: 1, brokers, timeoutMs: 30_000 });
      expect(read.map(({ value }) => value?.toString('utf8'))).toEqual(['kept']);
    } finally {
      await kafka.stop();
    }
  });

  it('keeps acknowledged documents through a kill and a restart', async () => {
    const mongo = await startOwnMongo();
    try {
      const before = await openDatabase('specs', mongo.address);
      await before.db.collection('marks').insertOne({ kept: true });
      await before.close();
      await mongo.kill();
      await mongo.restart();
      const after = await openDatabase('specs', mongo.address);
      expect(await after.db.collection('marks').countDocuments({ kept: true })).toBe(1);
      await after.close();
    } finally {
      await mongo.stop();
    }
  });
});

describe('a database as processes', () => {
  it('stands still with all its processes while its engine is paused', async () => {
    const mongo = await startMongoProcess();
    const stateOf = ({ pid }: { readonly pid: number }) => /\) (\S)/.exec(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'))?.[1];
    const states = () => mongo.children('engine').map(stateOf);
    try {
      mongo.pause('engine');
      expect(states().length).toBeGreaterThan(1);
      expect(new Set(states())).toEqual(new Set(['T']));
      mongo.resume('engine');
      expect(states()).not.toContain('T');
    } finally {
      mongo.resume('engine');
      await mongo.stop();
    }
  });

  it('comes back on its disk after one of its parts alone was killed', async () => {
    const mongo = await startMongoProcess();
    try {
      for (const part of mongo.parts) {
        const before = await openDatabase('specs', mongo.address);
        await before.db.collection<{ _id: string }>('marks').insertOne({ _id: part });
        await before.close();
        await mongo.kill(part);
        await mongo.restart();
      }
      const after = await openDatabase('specs', mongo.address);
      expect(await after.db.collection('marks').countDocuments()).toBe(mongo.parts.length);
      await after.close();
    } finally {
      await mongo.stop();
    }
  });
});
