import { createTopics, readTopic, sendRecords, uniqueName, until } from '@index766/testing-integration';
import { deadLetterTopicOf } from '../topics/topic-plan';
import { TopicAdmin } from '../topics/topic-admin';
import { JournalHandler } from '../test/journal-handler';
import { factRecord } from '../test/fact-record';
import { RunningGroup } from '../test/running-group';
import { readDeadLetter, replayOf } from '../dead-letters/dead-letter';

describe('a record that fails', () => {
  const running = new RunningGroup();
  afterAll(() => running.end());

  async function given(partitions = 1) {
    const topic = uniqueName('facts');
    const group = uniqueName('group');
    const deadLetters = deadLetterTopicOf(topic, group);
    await createTopics([{ topic, partitions }, deadLetters]);
    const handler = new JournalHandler([topic]);
    const lag = async () => (await new TopicAdmin(running.client).groupLag(group, [topic])).reduce((sum, { lag: behind }) => sum + behind, 0n);
    return { topic, group, deadLetters, handler, lag };
  }

  it('against the contract goes to the dead letters byte for byte, and the others flow', async () => {
    const { topic, group, deadLetters, handler, lag } = await given();
    const poison = Buffer.from([0xff, 0x00, 0xfe]);
    await sendRecords(topic, [
      { key: 'a', value: '1:one' },
      { key: 'b', value: poison, headers: { ce_id: 'any', traceparent: 'here' } },
      { key: null, value: null },
      { key: 'a', value: '2:two' },
      { key: 'a', value: '3:ignore me' },
    ]);
    await running.join(group, [handler]);
    await until(async () => (await lag()) === 0n, { what: 'everything committed' });

    expect(handler.store.textsOf('a')).toEqual(['one', 'two']);
    const [letter, keyless, ...others] = await readTopic(deadLetters);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      key: 'b', value: poison, partition: 0,
      headers: { ce_id: 'any', traceparent: 'here', 'dlt-cause': 'refused', 'dlt-reason': 'CONTRACT.NOT_A_FACT', 'dlt-topic': topic, 'dlt-partition': '0', 'dlt-offset': '1', 'dlt-group': group },
    });
    expect(keyless).toMatchObject({ key: '', value: null, headers: { 'dlt-offset': '2' } });
  });

  it.each(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'] as const)('in the fold with a %s fails alone, the rest of its key is applied', async (name) => {
    const { topic, group, deadLetters, handler, lag } = await given();
    const bug = { TypeError, RangeError, ReferenceError, SyntaxError }[name];
    handler.faults.fold = (facts) => {
      if (facts.some(({ text }) => text === 'bad')) throw new bug('a bug');
    };
    const member = await running.join(group, [handler]);
    await running.publisher.send([1, 2, 3, 4, 5].map((sequence) => factRecord(topic, 'k', sequence, sequence === 3 ? 'bad' : `fact ${sequence}`)));
    await until(async () => (await lag()) === 0n, { what: 'everything committed' });

    expect(handler.store.textsOf('k')).toEqual(['fact 1', 'fact 2', 'fact 4', 'fact 5']);
    expect((await readTopic(deadLetters)).map(({ headers }) => [headers['dlt-offset'], headers['dlt-cause'], headers['dlt-detail']])).toEqual([['2', 'bug', `fold: ${name}`]]);
    expect(member.status()).toMatchObject({ state: 'running', ready: true });
    await running.publisher.send([factRecord(topic, 'k', 6, 'after it')]);
    await until(() => handler.store.textsOf('k').includes('after it'), { what: 'the consumer to go on' });
  });

  it.each([
    { step: 'decode', setAside: ['1'], kept: ['k2 2'] },
    { step: 'save', setAside: ['1'], kept: ['k2 2'] },
    // After the save nothing can be undone: the key's records are kept, and set aside so that `after` can be made good.
    { step: 'after', setAside: ['1', '3'], kept: ['bad', 'k2 2'] },
  ] as const)('by a bug in $step fails alone among other keys', async ({ step, setAside, kept }) => {
    const { topic, group, deadLetters, handler, lag } = await given();
    const fail = (bad: boolean) => {
      if (bad) throw new TypeError('a bug');
    };
    handler.faults = {
      decode: { decode: (record: { value: Buffer | null }) => fail(record.value?.includes('bad') ?? false) },
      save: { save: (documents: ReadonlyMap<string, { facts: readonly { text: string }[] }>) => fail([...documents.values()].some(({ facts }) => facts.some(({ text }) => text === 'bad'))) },
      after: { after: ({ keys }: { keys: readonly { key: string }[] }) => fail(keys.some(({ key }) => key === 'k2')) },
    }[step];
    await running.publisher.send([factRecord(topic, 'k1', 1), factRecord(topic, 'k2', 1, 'bad'), factRecord(topic, 'k3', 1), factRecord(topic, 'k2', 2)]);
    await running.join(group, [handler]);
    await until(async () => (await lag()) === 0n, { what: 'everything committed' });

    const letters = await readTopic(deadLetters);
    expect(letters.map(({ headers }) => headers['dlt-offset'])).toEqual(setAside);
    expect(handler.store.textsOf('k1')).toEqual(['k1 1']);
    expect(handler.store.textsOf('k3')).toEqual(['k3 1']);
    expect(handler.store.textsOf('k2')).toEqual(kept);
  });

  it('by a sequence with other content is a conflict: dead-lettered, the first content stays', async () => {
    const { topic, group, deadLetters, handler, lag } = await given();
    await running.publisher.send([factRecord(topic, 'k', 1, 'first'), factRecord(topic, 'k', 1, 'first'), factRecord(topic, 'k', 1, 'other')]);
    await running.join(group, [handler]);
    await until(async () => (await lag()) === 0n, { what: 'everything committed' });

    expect(handler.store.textsOf('k')).toEqual(['first']);
    expect((await readTopic(deadLetters)).map(({ headers }) => [headers['dlt-offset'], headers['dlt-reason']])).toEqual([['2', 'CONSUMER.CONFLICT']]);
    const text = await running.metrics.text();
    for (const [outcome, count] of [['applied', 1], ['duplicate', 1], ['conflict', 1], ['dead-lettered', 0]]) {
      expect(text).toContain(`kafka_consumer_records_total{topic="${topic}",group="${group}",outcome="${outcome}"} ${count}`);
    }
  });

  it('and is replayed after the mend is applied where it belongs, once', async () => {
    const { topic, group, deadLetters, handler, lag } = await given(3);
    handler.faults.fold = (facts) => {
      if (facts.some(({ sequence }) => sequence === 2)) throw new TypeError('a bug');
    };
    await running.publisher.send([1, 2, 3].map((sequence) => factRecord(topic, 'k', sequence)));
    await running.join(group, [handler]);
    await until(async () => (await lag()) === 0n, { what: 'everything committed' });
    expect(handler.store.textsOf('k')).toEqual(['k 1', 'k 3']);

    handler.faults = {};
    const [letter] = await readTopic(deadLetters);
    const read = readDeadLetter({ key: Buffer.from(letter?.key ?? ''), headers: letter?.headers ?? {}, value: letter?.value ?? null });
    if (!read.ok) throw new Error(read.error.detail);
    await running.publisher.sendVerbatim([replayOf(read.value), replayOf(read.value)]);

    await until(() => handler.store.textsOf('k').length === 3, { what: 'the replayed fact' });
    await until(async () => (await lag()) === 0n, { what: 'everything committed' });
    expect(handler.store.textsOf('k')).toEqual(['k 1', 'k 3', 'k 2']);
    expect(await readTopic(deadLetters)).toHaveLength(1);
  });
});

describe('a database that is away', () => {
  const running = new RunningGroup();
  afterAll(() => running.end());

  it.each(['load', 'save', 'after'] as const)('in %s blocks only the lanes concerned; they go on when it is back and nothing is skipped', async (step) => {
    const topic = uniqueName('facts');
    const group = uniqueName('group');
    await createTopics([{ topic, partitions: 4 }, deadLetterTopicOf(topic, group)]);
    const handler = new JournalHandler([topic]);
    const away = (keys: readonly string[]) => {
      if (keys.includes('away')) throw new Error('connection refused');
    };
    handler.faults = {
      load: { load: away },
      save: { save: (documents: ReadonlyMap<string, unknown>) => away([...documents.keys()]) },
      after: { after: ({ keys }: { keys: readonly { key: string }[] }) => away(keys.map(({ key }) => key)) },
    }[step];
    const member = await running.join(group, [handler]);
    const records = Array.from({ length: 20 }, (_, index) => ({ ...factRecord(topic, `k${index}`, 1), partition: index % 4 }));
    await running.publisher.send([{ ...factRecord(topic, 'away', 1), partition: 2 }, ...records]);

    await until(() => handler.store.facts.filter(({ key }) => key !== 'away' && Number(key.slice(1)) % 4 !== 2).length === 15, { what: 'the other lanes' });
    await until(() => (member.status().pausedLanes[0]?.attempts ?? 0) > 3, { what: 'several tries' });
    expect(member.status()).toMatchObject({ state: 'running', ready: false, pausedLanes: [{ partition: 2 }] });
    expect(member.status().reasons).toEqual([`partition 2 waits: ${step}: Error`]);

    handler.faults = {};
    await until(() => member.status().ready, { what: 'the lane to go on' });
    await until(() => handler.store.facts.length === 21, { what: 'all facts' });
    expect(await readTopic(deadLetterTopicOf(topic, group))).toEqual([]);
    const touched = new Set(handler.batches.flatMap(({ keys }) => keys.map(({ key }) => key)));
    expect(touched.size).toBe(21);
  });

  it('for one handler keeps no other one of the group back, even in the same partition', async () => {
    const [going, waiting] = [uniqueName('going'), uniqueName('waiting')];
    const group = uniqueName('group');
    await createTopics([going, waiting].map((topic) => ({ topic, partitions: 1 })));
    await running.publisher.send([1, 2, 3].flatMap((sequence) => [waiting, going].map((topic) => factRecord(topic, 'k', sequence))));
    const [stuck, free] = [new JournalHandler([waiting]), new JournalHandler([going])];
    stuck.faults.save = () => {
      throw new Error('connection refused');
    };
    // Less than what is stuck: it may not fill the chunks of the other one either.
    const member = await running.join(group, [stuck, free], { recordsPerChunk: 2 });
    const lagOf = async (topic: string) => (await new TopicAdmin(running.client).groupLag(group, [topic])).reduce((sum, { lag }) => sum + lag, 0n);

    await until(async () => (await lagOf(going)) === 0n, { what: 'the other handler to be through' });
    await until(() => member.status().pausedLanes.length === 1, { what: 'the blocked lane' });
    expect([free.store.textsOf('k').length, await lagOf(waiting)]).toEqual([3, 3n]);

    stuck.faults = {};
    await until(async () => (await lagOf(waiting)) === 0n, { what: 'the lane to go on' });
    expect(stuck.store.textsOf('k')).toEqual(['k 1', 'k 2', 'k 3']);
  });

  it('by a call of one handler that does not end asks no other one for the same records: what hangs for one hangs for all', async () => {
    const [hanging, going] = [uniqueName('hanging'), uniqueName('going')];
    const group = uniqueName('group');
    await createTopics([hanging, going].map((topic) => ({ topic, partitions: 1 })));
    await running.publisher.send([hanging, going].map((topic) => factRecord(topic, 'k', 1)));
    const [first, second] = [new JournalHandler([hanging]), new JournalHandler([going])];
    first.load = () => new Promise(() => undefined);
    const asked: string[] = [];
    second.faults.load = (keys) => void asked.push(...keys);
    const member = await running.join(group, [first, second], { askWithinMs: 200 });

    await until(() => (member.status().pausedLanes[0]?.attempts ?? 0) > 2, { what: 'several tries' });
    expect([member.status().pausedLanes[0]?.reason, asked]).toEqual(['load: TimeLimitExceeded', []]);
  });

  it('for the dead letters keeps the record until they can be written', async () => {
    const topic = uniqueName('facts');
    const group = uniqueName('group');
    const deadLetters = deadLetterTopicOf(topic, group);
    await createTopics([topic]);
    const handler = new JournalHandler([topic]);
    await sendRecords(topic, [{ key: 'k', value: 'no fact' }, { key: 'k', value: '1:one' }]);
    const member = running.member(group, [handler]);
    await member.start();
    await until(() => member.status().pausedLanes[0]?.reason.includes('PUBLISHER.UNKNOWN_TOPIC') === true, { what: 'the blocked lane' });

    await createTopics([deadLetters]);
    await until(() => member.status().ready && handler.store.facts.length === 1, { what: 'the lane to go on' });
    expect(await readTopic(deadLetters)).toHaveLength(1);
  });
});
