import { sendRecords, until } from '@index766/testing-integration';
import { breakHandler } from './break-handler';
import { damagesOf } from './damages';
import { LettersOfGroup } from './letters-of-group';
import type { PoisonGroup, PoisonTopic, PoisonedService, RunningPoisonedService } from './poisoned-service';

/** Numbers of keys, so that no test meets what another one sent. */
const KEY = { damaged: 1, bug: 21, conflict: 22, hole: 23 };

/**
 * What has to become of records that a service cannot work on (architecture: failure classes): each is set aside with its
 * bytes and the reason, the records around it and behind it flow, a replay or the repaired record mends it. The real
 * service on a real broker and database.
 */
export function describePoison(service: PoisonedService): void {
  describe(`poison: ${service.name}`, () => {
    let running: RunningPoisonedService;
    beforeAll(async () => {
      running = await service.start();
    }, 180_000);
    afterAll(() => running.stop());

    for (const group of service.groups) {
      describe(`group ${group.group}`, () => {
        let letters: LettersOfGroup;
        beforeAll(() => {
          letters = new LettersOfGroup(running.brokers, group.group, group.topics.map(({ topic }) => topic.name));
        });
        afterAll(() => letters.close());

        describe.each(group.topics.map((topic) => [topic.topic.name, topic] as const))('topic %s', (_, topic) => {
          describeTopic(service, group, topic, () => ({ running, letters }));
        });
      });
    }
  });
}

function keyTextOf(key: Uint8Array | null): string | null {
  return key && Buffer.from(key).toString();
}

function describeTopic(
  service: PoisonedService, group: PoisonGroup, poisonTopic: PoisonTopic,
  current: () => { readonly running: RunningPoisonedService; readonly letters: LettersOfGroup },
): void {
  const { topic, key: keyOf, record, otherContent } = poisonTopic;
  const kept = (...sequences: readonly number[]) => (poisonTopic.keeps === 'all' ? sequences : sequences.slice(-1));
  const send = (records: Parameters<typeof sendRecords>[1]) => sendRecords(topic.name, records, current().running.brokers);
  const untilApplied = (key: string, ...sequences: readonly number[]) =>
    until(async () => {
      const applied = await current().running.applied(topic, key);
      return JSON.stringify(applied) === JSON.stringify(kept(...sequences)) || Promise.reject(new Error(`applied of ${key}: ${applied.join()}`));
    }, { what: `${sequences.join()} of ${key}`, timeoutMs: 60_000 });
  /** What is stored, when nothing of it waits to be sent any more: a relay takes records out at its own time. */
  const storedSettled = (key: string) =>
    until(async () => {
      const stored = await current().running.stored(topic, key);
      const { outbox = [] } = (stored ?? {}) as { readonly outbox?: readonly unknown[] };
      return outbox.length === 0 && { stored };
    }, { what: `what ${key} sends to be sent`, timeoutMs: 60_000 });
  /** Nothing to wait for where the service counts no holes. */
  const untilHoles = async (count: number) => {
    if (service.holesMetric?.topics.includes(topic) !== true) return;
    const line = `${service.holesMetric.name}{topic="${topic.name}"} ${count}`;
    await until(async () => (await current().running.metrics()).split('\n').includes(line), { what: line });
  };

  it('sets damaged records aside with their bytes and the reason, lets the others flow, and is made whole by the right record', async () => {
    const { running, letters } = current();
    const damaged = damagesOf(topic).map((damage, index) => {
      const key = keyOf(KEY.damaged + index);
      return { ...damage, key, sent: damage.damage(record(key, 2)) };
    });
    await send(damaged.flatMap(({ key, sent }) => [record(key, 1), sent, record(key, 3)]));
    for (const { key } of damaged) await untilApplied(key, 1, 3);
    await letters.untilAllRead();

    const [open, records] = [await letters.open(topic.name), await letters.records(topic.name)];
    for (const { name, sent, reason } of damaged) {
      const [letter, ...others] = open.filter(({ key }) => keyTextOf(key) === sent.key);
      expect([name, letter?.letter?.cause, letter?.letter?.reason, others]).toEqual([name, 'refused', reason, []]);
      expect(records.get(letter?.offset ?? -1n)).toEqual({ headers: sent.headers, value: sent.value === null ? null : Buffer.from(sent.value) });
    }
    await untilHoles(damaged.length);

    await send(damaged.map(({ key }) => record(key, 4)));
    for (const { key } of damaged) await untilApplied(key, 1, 3, 4);
    await until(() => running.isReady(), { what: 'the member to be ready' });
    await send(damaged.map(({ key }) => record(key, 2)));
    for (const { key } of damaged) await untilApplied(key, 1, 2, 3, 4);
    await untilHoles(0);
  });

  it('sets the one record aside that a bug fails on; replayed after the mend it is applied once', async () => {
    const { letters } = current();
    const key = keyOf(KEY.bug);
    const mend = breakHandler(group.handler, key, 2);
    try {
      await send([1, 2, 3].map((sequence) => record(key, sequence)));
      await untilApplied(key, 1, 3);
      await letters.untilAllRead();
    } finally {
      mend();
    }
    const broken = await letters.about(topic.name, key);
    expect(broken.map(({ letter }) => [letter?.cause, letter?.reason, letter?.detail])).toEqual([['bug', 'CONSUMER.HANDLER_FAILED', 'fold: TypeError']]);
    await untilHoles(1);

    await letters.replay(broken);
    await untilApplied(key, 1, 2, 3);
    await untilHoles(0);
    expect(await letters.about(topic.name, key)).toEqual([]);
    await letters.untilAllRead();
    const stored = await storedSettled(key);

    await letters.replay(broken);
    await letters.untilAllRead();
    expect(await letters.about(topic.name, key)).toEqual([]);
    expect(await storedSettled(key)).toEqual(stored);
  });

  it('counts a record above a hole at once, and closes the hole when the missing ones come', async () => {
    const key = keyOf(KEY.hole);
    await send([record(key, 1), record(key, 4)]);
    await untilApplied(key, 1, 4);
    await untilHoles(2);
    await send([record(key, 3), record(key, 2), record(key, 3)]);
    await untilApplied(key, 1, 2, 3, 4);
    await untilHoles(0);
  });

  if (otherContent === undefined) return;

  it('sets a known sequence with other content aside as a conflict, and keeps what it had', async () => {
    const { letters } = current();
    const key = keyOf(KEY.conflict);
    await send([record(key, 1), record(key, 2)]);
    await untilApplied(key, 1, 2);
    await letters.untilAllRead();
    const before = await storedSettled(key);

    await send([otherContent(key, 2), record(key, 2)]);
    await letters.untilAllRead();
    expect((await letters.about(topic.name, key)).map(({ letter }) => [letter?.cause, letter?.reason])).toEqual([['conflict', 'CONSUMER.CONFLICT']]);
    expect(await storedSettled(key)).toEqual(before);
    await send([record(key, 3)]);
    await untilApplied(key, 1, 2, 3);
  });
}
