import { createTopics, startOwnKafka, uniqueName, until, type Server } from '@index766/testing-integration';
import { JournalHandler, JournalStore } from '../test/journal-handler';
import { factRecord } from '../test/fact-record';
import { RunningGroup } from '../test/running-group';

const KEYS = ['a', 'b', 'c', 'd', 'e'];

describe('a consumer whose broker is killed and started again', () => {
  let kafka: Server;
  let running: RunningGroup;
  beforeAll(async () => {
    kafka = await startOwnKafka();
    running = new RunningGroup([kafka.address]);
  });
  afterAll(async () => {
    await running.end();
    await kafka.stop();
  });

  it('goes on by itself: every record applied once and in order, none dead-lettered', async () => {
    const topic = uniqueName('facts');
    const group = uniqueName('group');
    await createTopics([{ topic, partitions: 3 }], [kafka.address]);
    const store = new JournalStore();
    const member = await running.join(group, [new JournalHandler([topic], store)]);
    let sequence = 0;
    const sender = { stopped: false };
    const sending = (async () => {
      while (!sender.stopped) {
        sequence += 1;
        await running.publisher.send(KEYS.map((key) => factRecord(topic, key, sequence)));
      }
    })();
    await until(() => store.facts.length > 200, { what: 'facts before the kill' });
    await kafka.kill();
    await until(() => running.publisher.status().blockedBy !== undefined, { what: 'the publisher to notice' });
    await until(() => member.status().reasons.some((reason) => reason.startsWith('no answer from the broker')), { what: 'the member to say why' });
    expect(member.status().ready).toBe(false);
    await kafka.restart();
    const restartedAt = Date.now();
    const before = store.facts.length;
    await until(() => store.facts.length > before + 200, { what: 'facts after the restart', timeoutMs: 30_000 });
    const recoveredAfter = Date.now() - restartedAt;
    sender.stopped = true;
    await sending;
    await until(() => store.facts.length === KEYS.length * sequence, { what: 'all facts', timeoutMs: 30_000 });

    for (const key of KEYS) {
      expect(store.journals.get(key)?.facts.map((fact) => fact.sequence)).toEqual(Array.from({ length: sequence }, (_, index) => index + 1));
    }
    expect(member.status()).toMatchObject({ state: 'running', ready: true });
    expect(recoveredAfter).toBeLessThan(10_000);
  });

  it('is replaced when it falls silent, says why it is not ready, and stays alive while the broker is away', async () => {
    const topic = uniqueName('facts');
    await createTopics([topic], [kafka.address]);
    const handler = new JournalHandler([topic]);
    const member = await running.join(uniqueName('group'), [handler], { stallMs: 3_000, sessionTimeoutMs: 1_500 });
    await kafka.kill();
    await until(() => member.status().state === 'recovering', { what: 'the watchdog', timeoutMs: 60_000 });
    expect(member.status().reasons.join()).toContain('no sign of life for 3000 ms');
    expect(member.readinessProbe().check()).toMatchObject({ healthy: false });
    expect(member.livenessProbe().check()).toMatchObject({ healthy: true });
    expect(member.status().partitions).toEqual([]);

    await kafka.restart();
    await until(() => member.status().ready, { what: 'the new consumer', timeoutMs: 30_000 });
    await running.publisher.send([factRecord(topic, 'k', 1)]);
    await until(() => handler.store.facts.length === 1, { what: 'the record', timeoutMs: 30_000 });
    expect(handler.assignments.length).toBeGreaterThan(1);
    expect(await running.metrics.text()).toMatch(/kafka_consumer_crashes_total\{group="group-[^"]+"\} [1-9]/);
  });

  it('closes within its time while the broker is away', async () => {
    const topic = uniqueName('facts');
    await createTopics([topic], [kafka.address]);
    const member = await running.join(uniqueName('group'), [new JournalHandler([topic])], { drainMs: 1_000 });
    await kafka.kill();
    const startedAt = Date.now();
    await member.close();
    expect(Date.now() - startedAt).toBeLessThan(4_000);
    expect(member.status()).toMatchObject({ state: 'closed', ready: false });
    await kafka.restart();
  });
});

describe('a consumer that closes', () => {
  const running = new RunningGroup();
  afterAll(() => running.end());

  it('ends and commits the chunk in work, and no other', async () => {
    const topic = uniqueName('facts');
    const group = uniqueName('group');
    await createTopics([topic]);
    const store = new JournalStore();
    const slow = new JournalHandler([topic], store);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let saving = 0;
    const save = slow.save.bind(slow);
    slow.save = async (documents) => {
      saving += 1;
      await held;
      return save(documents);
    };
    await running.publisher.send(Array.from({ length: 10 }, (_, index) => factRecord(topic, 'k', index + 1)));
    const member = await running.join(group, [slow], { recordsPerChunk: 4 });
    await until(() => saving === 1, { what: 'the first chunk' });
    const closing = member.close();
    expect(member.status()).toMatchObject({ state: 'closing', ready: false });
    release();
    await closing;
    expect(store.textsOf('k')).toEqual(['k 1', 'k 2', 'k 3', 'k 4']);

    const next = new JournalHandler([topic], store);
    const applied: number[] = [];
    next.faults.fold = (facts) => applied.push(...facts.map(({ sequence }) => sequence));
    await running.join(group, [next]);
    await until(() => store.textsOf('k').length === 10, { what: 'the rest' });
    expect(applied).toEqual([5, 6, 7, 8, 9, 10]);
  });
});
