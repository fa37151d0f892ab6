import { createTopics, readTopic, uniqueName, until } from '@index766/testing-integration';
import { TopicReader } from '../read/topic-reader';
import { JournalHandler } from '../test/journal-handler';
import { factRecord } from '../test/fact-record';
import { RunningGroup } from '../test/running-group';
import { deadLetterTopicOf } from '../topics/topic-plan';
import type { DeadLetterSender } from './dead-letter';
import type { LoggedLetter } from './dead-letter-log';
import { DeadLetters } from './dead-letters';

describe('what was set aside', () => {
  const running = new RunningGroup();
  afterAll(() => running.end());
  const reader = new TopicReader({ client: running.client, group: 'specs' });
  const deadLettersBy = (sender: DeadLetterSender, isCompacted = false) =>
    new DeadLetters({ reader, sender, isCompacted: () => isCompacted, now: () => 5_000 });
  const deadLetters = deadLettersBy(running.publisher);

  /** A group that has read facts 1 to 4 of a key and fails on 2 and 3. */
  async function givenTwoFailures() {
    const topic = uniqueName('facts');
    const group = uniqueName('group');
    const letters = deadLetterTopicOf(topic, group);
    await createTopics([{ topic, partitions: 3 }, letters]);
    const handler = new JournalHandler([topic]);
    handler.faults.fold = (facts) => {
      if (facts.some(({ sequence }) => sequence === 2 || sequence === 3)) throw new TypeError('a bug');
    };
    await running.publisher.send([1, 2, 3, 4].map((sequence) => factRecord(topic, 'k', sequence)));
    await running.join(group, [handler], { lagEveryMs: 250 });
    await until(() => handler.store.textsOf('k').length === 2, { what: 'the facts around' });
    const open = async () => (await deadLetters.list([letters])).filter(({ resolution }) => !resolution);
    await until(async () => (await open()).length === 2, { what: 'the letters' });
    const told = async () => /kafka_open_dead_letters{topic="TOPIC",group="GROUP"} (\d+)/.exec((await running.metrics.text()).replaceAll(topic, 'TOPIC').replaceAll(group, 'GROUP'))?.[1];
    return { topic, letters, handler, open, told };
  }
  const firstOf = ([first]: readonly LoggedLetter[]): LoggedLetter => {
    if (!first) throw new Error('no letter');
    return first;
  };

  it('is listed with what it says about itself, and its bytes are found', async () => {
    const { topic, letters, open } = await givenTwoFailures();
    const [first, second] = await open();
    expect(first).toMatchObject({ letters, offset: 0n, valueBytes: 5, letter: { topic, cause: 'bug', reason: 'CONSUMER.HANDLER_FAILED', detail: 'fold: TypeError' } });
    expect(await deadLetters.find(letters, 1n)).toEqual(second);
    expect(await deadLetters.find(letters, 9n)).toBeUndefined();
    const original = await deadLetters.originalOf(firstOf(await open()));
    expect(original?.value && Buffer.from(original.value).toString()).toBe('2:k 2');
  });

  it('is replayed to its own partition and applied once when the bug is mended; then nothing is open', async () => {
    const { topic, letters, handler, open } = await givenTwoFailures();
    handler.faults = {};
    expect(await deadLetters.replay(await open(), 'lan')).toMatchObject({ replayed: [{ offset: 0n }, { offset: 1n }], superseded: [], unreadable: [] });
    expect(await open()).toEqual([]);
    await until(() => handler.store.textsOf('k').length === 4, { what: 'the replayed facts' });

    const records = await readTopic(topic);
    expect(records.map(({ value }) => value?.toString())).toEqual(['1:k 1', '2:k 2', '3:k 3', '4:k 4', '2:k 2', '3:k 3']);
    expect(new Set(records.map(({ partition }) => partition)).size).toBe(1);
    expect((await readTopic(letters)).slice(2).map(({ headers }) => headers)).toEqual(['0', '1'].map((of) => (
      { 'resolution-of': of, 'resolution-outcome': 'replayed', 'resolution-reason': '', 'resolution-by': 'lan', 'resolution-at': '1970-01-01T00:00:05.000Z' })));
  });

  it('stays open when the operator is cut off behind the replay, and is applied once whatever was repeated', async () => {
    const { topic, handler, open } = await givenTwoFailures();
    handler.faults = {};
    let sends = 0;
    const cutOff = deadLettersBy({ sendVerbatim: (records) => ((sends += 1) === 1 ? running.publisher.sendVerbatim(records) : Promise.reject(new Error('cut off'))) });
    await expect(cutOff.replay(await open(), 'lan')).rejects.toThrow('cut off');
    expect(await open()).toHaveLength(2);

    await deadLetters.replay(await open(), 'lan');
    expect(await open()).toEqual([]);
    await running.publisher.send([factRecord(topic, 'k', 5)]);
    await until(() => handler.store.textsOf('k').includes('k 5'), { what: 'what stands behind the replays' });
    expect([...handler.store.textsOf('k')].sort()).toEqual(['k 1', 'k 2', 'k 3', 'k 4', 'k 5']);
    expect(await readTopic(topic)).toHaveLength(9);
  });

  it('is open again when its replay fails as well', async () => {
    const { handler, open } = await givenTwoFailures();
    await deadLetters.replay((await open()).slice(0, 1), 'lan');
    await until(async () => (await open()).some(({ letter }) => letter?.offset === '4'), { what: 'the new letter' });
    expect((await open()).map(({ letter }) => letter?.offset)).toEqual(['2', '4']);
    expect(handler.store.textsOf('k')).toEqual(['k 1', 'k 4']);
  });

  it('is dropped with a reason and stays in the topic', async () => {
    const { letters, open } = await givenTwoFailures();
    await deadLetters.drop(firstOf(await open()), 'test data', 'lan');
    expect((await open()).map(({ offset }) => offset)).toEqual([1n]);
    expect(await deadLetters.find(letters, 0n)).toMatchObject({ resolution: { outcome: 'dropped', reason: 'test data', by: 'lan' } });
  });

  it('is counted by its group for as long as it is open', async () => {
    const { handler, open, told } = await givenTwoFailures();
    await until(async () => (await told()) === '2', { what: 'two to be told' });
    await deadLetters.drop(firstOf(await open()), 'test data', 'lan');
    await until(async () => (await told()) === '1', { what: 'one to be told' });
    handler.faults = {};
    await deadLetters.replay(await open(), 'lan');
    await until(async () => (await told()) === '0', { what: 'none to be told' });
    expect(await open()).toEqual([]);
  });

  it('of a compacted topic is not replayed behind a later record of its key, whose place it would take', async () => {
    const { topic, open } = await givenTwoFailures();
    const ofCompacted = deadLettersBy(running.publisher, true);
    expect(await ofCompacted.replay(await open(), 'lan')).toMatchObject({ replayed: [], superseded: [{ offset: 0n }, { offset: 1n }] });
    expect(await readTopic(topic)).toHaveLength(4);
  });
});
