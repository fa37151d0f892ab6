import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { createTopics, uniqueName, until } from '@index766/testing-integration';
import { JournalHandler } from '../test/journal-handler';
import { factRecord } from '../test/fact-record';
import { RunningGroup } from '../test/running-group';
import type { BatchConsumer } from '../consume/batch-consumer';
import { BatchConsumerStrategy } from './batch-consumer-strategy';

describe('batch consumers in a Nest application', () => {
  const running = new RunningGroup();
  afterAll(() => running.end());

  it('start with its microservices, work, and drain when it closes', async () => {
    const topic = uniqueName('facts');
    await createTopics([topic]);
    @Injectable()
    class Handler extends JournalHandler {
      constructor() {
        super([topic]);
      }
    }
    @Module({ providers: [Handler] })
    class AppModule {}
    const testing = await Test.createTestingModule({ imports: [AppModule] }).compile();
    const handler = testing.get(Handler);
    const consumer = running.member(uniqueName('group'), [handler]);
    const strategy = new BatchConsumerStrategy([consumer]);
    const states: string[] = [];
    strategy.status.subscribe((state) => states.push(state));
    strategy.on('status', ({ state }) => states.push(`event ${state}`));
    const app = testing.createNestMicroservice({ strategy });

    await app.listen();
    await until(() => consumer.status().ready, { what: 'the consumer' });
    await running.publisher.send([factRecord(topic, 'k', 1)]);
    await until(() => handler.store.facts.length === 1, { what: 'the record' });
    expect(strategy.unwrap<readonly BatchConsumer[]>()).toEqual([consumer]);

    await app.close();
    expect(consumer.status().state).toBe('closed');
    expect(handler.revocations).toEqual([[0]]);
    expect(states).toEqual(['running', 'event running', 'closing', 'event closing', 'closed', 'event closed']);
  });

  it('fail the start when a consumer can never work', async () => {
    const topics = [uniqueName('three'), uniqueName('one')];
    await createTopics([{ topic: topics[0] ?? '', partitions: 3 }, topics[1] ?? '']);
    const testing = await Test.createTestingModule({}).compile();
    const app = testing.createNestMicroservice({ strategy: new BatchConsumerStrategy([running.member(uniqueName('group'), [new JournalHandler(topics)])]) });
    await expect(app.listen()).rejects.toThrow(/same number of partitions/);
    await app.close();
  });

  it('let the application start when the broker is not there in time', async () => {
    const away = new RunningGroup(['127.0.0.1:1']);
    const consumer = away.member(uniqueName('group'), [new JournalHandler([uniqueName('facts')])]);
    const testing = await Test.createTestingModule({}).compile();
    const app = testing.createNestMicroservice({ strategy: new BatchConsumerStrategy([consumer], 200) });
    await app.listen();
    expect(consumer.status()).toMatchObject({ state: 'starting', ready: false, reasons: ['the consumer has not joined its group yet'] });
    await app.close();
    await away.end();
    expect(consumer.status().state).toBe('closed');
  });
});
