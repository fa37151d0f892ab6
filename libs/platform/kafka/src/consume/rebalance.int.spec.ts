import { createTopics, uniqueName, until } from '@index766/testing-integration';
import { JournalHandler, JournalStore } from '../test/journal-handler';
import { factRecord } from '../test/fact-record';
import { RunningGroup } from '../test/running-group';

const KEYS = Array.from({ length: 30 }, (_, index) => `H44-${index}`);

/** Sends the next fact of every key until it is told to stop; answers how many each key got. */
function sendUntilStopped(running: RunningGroup, topics: readonly string[]): { stop: () => Promise<number> } {
  const sender = { stopped: false };
  const sending = (async () => {
    let sequence = 0;
    while (!sender.stopped) {
      sequence += 1;
      await running.publisher.send(topics.flatMap((topic) => KEYS.map((key) => factRecord(topic, key, sequence, `${topic} ${sequence}`))));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return sequence;
  })();
  return {
    stop: () => {
      sender.stopped = true;
      return sending;
    },
  };
}

describe('members of a group', () => {
  const running = new RunningGroup();
  afterAll(() => running.end());

  it('apply every record once and in order per key while some join and leave', async () => {
    const topic = uniqueName('order');
    const group = uniqueName('group');
    await createTopics([{ topic, partitions: 6 }]);
    const store = new JournalStore();
    const join = () => running.join(group, [new JournalHandler([topic], store)]);

    const sending = sendUntilStopped(running, [topic]);
    const first = await join();
    const second = await join();
    await until(() => second.status().partitions.length === 3, { what: 'two members that share' });
    const third = await join();
    await first.close();
    await second.close();
    await until(() => third.status().partitions.length === 6, { what: 'one member that owns all' });
    const count = await sending.stop();

    await until(() => store.facts.length === KEYS.length * count, { what: 'all facts', timeoutMs: 30_000 });
    const expected = Array.from({ length: count }, (_, index) => index + 1);
    for (const key of KEYS) expect(store.journals.get(key)?.facts.map(({ sequence }) => sequence)).toEqual(expected);
  });

  it('own the same partition numbers of all their topics', async () => {
    const topics = ['dossier', 'payment', 'document'].map((name) => uniqueName(name));
    const group = uniqueName('group');
    await createTopics(topics.map((topic) => ({ topic, partitions: 4 })));
    const store = new JournalStore();
    const [mine, theirs] = [new JournalHandler(topics, store), new JournalHandler(topics, store)];
    const [first, second] = [await running.join(group, [mine]), await running.join(group, [theirs])];
    await until(() => first.status().partitions.length === 2 && second.status().ready, { what: 'two members that share' });

    await running.publisher.send(topics.flatMap((topic) => KEYS.map((key) => factRecord(topic, key, 1))));
    await until(() => store.facts.length === KEYS.length * topics.length, { what: 'all facts' });

    const owned = (handler: JournalHandler) => new Set(handler.batches.map(({ partition }) => partition));
    const [one, two] = [owned(mine), owned(theirs)];
    expect([...one].filter((partition) => two.has(partition))).toEqual([]);
    expect(new Set([...one, ...two])).toEqual(new Set([0, 1, 2, 3]));
    const topicsOf = ({ batches }: JournalHandler) => batches.flatMap(({ keys }) => keys.flatMap(({ items }) => items.map(({ item }) => item.topic)));
    for (const handler of [mine, theirs]) expect(new Set(topicsOf(handler))).toEqual(new Set(topics));
  });

  it('hear of their partitions before the first record and when they lose them, strictly in turn', async () => {
    const topic = uniqueName('turns');
    const group = uniqueName('group');
    await createTopics([{ topic, partitions: 2 }]);
    const handler = new JournalHandler([topic]);
    const first = await running.join(group, [handler]);
    expect([handler.assignments, handler.revocations]).toEqual([[[0, 1]], []]);

    const second = await running.join(group, [new JournalHandler([topic])]);
    await until(() => handler.assignments.length > 1 && handler.assignments.at(-1)?.length === 1, { what: 'the new assignment' });
    expect(handler.revocations[0]).toEqual([0, 1]);
    expect(handler.assignments.at(-1)).toEqual(first.status().partitions);

    const revocations = handler.revocations.length;
    await first.close();
    expect(handler.revocations).toHaveLength(revocations + 1);
    await until(() => second.status().partitions.length === 2, { what: 'the other member to take over' });
  });

  it('work on no record before the assigned partitions are prepared, and say what is missing', async () => {
    const topic = uniqueName('prepare');
    await createTopics([topic]);
    const handler = new JournalHandler([topic]);
    handler.faults.onAssigned = () => {
      throw new Error('database away');
    };
    await running.publisher.send([factRecord(topic, 'k', 1)]);
    const member = running.member(uniqueName('group'), [handler]);
    await member.start();
    await until(() => member.status().reasons.some((reason) => reason.includes('cannot be prepared')), { what: 'the reason' });
    expect(member.status().ready).toBe(false);
    expect(handler.store.facts).toEqual([]);

    handler.faults = {};
    await until(() => handler.store.facts.length === 1, { what: 'the record' });
    expect(member.status()).toMatchObject({ ready: true, reasons: [] });
  });

  it('do not start on topics with unequal partition counts', async () => {
    const [twelve, six] = [uniqueName('twelve'), uniqueName('six')];
    await createTopics([{ topic: twelve, partitions: 12 }, { topic: six, partitions: 6 }]);
    const member = running.member(uniqueName('group'), [new JournalHandler([twelve, six])]);
    await expect(member.start()).rejects.toThrow(/need the same number of partitions/);
    expect(member.status()).toMatchObject({ state: 'dead', ready: false });
    await expect(Promise.resolve(member.livenessProbe().check())).resolves.toMatchObject({ healthy: false });
  });

  it('wait for topics that do not exist yet, not ready and alive', async () => {
    const topic = uniqueName('later');
    const handler = new JournalHandler([topic]);
    const member = running.member(uniqueName('group'), [handler]);
    const started = member.start();
    await until(() => member.status().reasons.some((reason) => reason.includes(topic)), { what: 'the reason' });
    expect(member.livenessProbe().check()).toMatchObject({ healthy: true });
    expect(member.readinessProbe().check()).toMatchObject({ healthy: false });

    await createTopics([topic]);
    await started;
    await running.publisher.send([factRecord(topic, 'k', 1)]);
    await until(() => handler.store.facts.length === 1, { what: 'the record' });
  });
});
