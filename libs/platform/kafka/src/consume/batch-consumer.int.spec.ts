import { createTopics, uniqueName, until } from '@index766/testing-integration';
import { JournalHandler, JournalStore } from '../test/journal-handler';
import { RunningGroup, factRecord } from '../test/running-group';

const KEYS = Array.from({ length: 30 }, (_, index) => `H44-${index}`);

describe('a consumer group', () => {
  const running = new RunningGroup();
  afterAll(() => running.end());

  it('applies every record once and in order per key while members join and leave', async () => {
    const topic = uniqueName('order');
    const group = uniqueName('group');
    await createTopics([{ topic, partitions: 6 }]);
    const store = new JournalStore();
    const member = () => running.join(group, [new JournalHandler([topic], store)]);
    const first = await member();
    const send = async (from: number, to: number) => {
      for (let sequence = from; sequence <= to; sequence += 1) await running.publisher.send(KEYS.map((key) => factRecord(topic, key, sequence)));
    };

    const sending = send(1, 200);
    const second = await member();
    const third = await member();
    await first.close();
    await second.close();
    await sending;
    await send(201, 220);

    await until(() => store.facts.length === KEYS.length * 220, { what: 'all facts' });
    const expected = Array.from({ length: 220 }, (_, index) => index + 1);
    for (const key of KEYS) expect(store.journals.get(key)?.facts.map(({ sequence }) => sequence)).toEqual(expected);
    expect(third.status()).toMatchObject({ state: 'running', ready: true, partitions: [0, 1, 2, 3, 4, 5] });
  });
});
