import { createTopics, freePort, startKafkaProcess, uniqueName, until, type ServerProcess } from '@index766/testing-integration';
import { AnsweringGate, HEARTBEAT, JOIN_GROUP } from '../test/answering-gate';
import { factRecord } from '../test/fact-record';
import { JournalHandler } from '../test/journal-handler';
import { RunningGroup } from '../test/running-group';

const HOST = '127.0.0.1';
const NOT_COORDINATOR = 16;
const COORDINATOR_LOADING = 14;

/** Throttle time, error. */
function heartbeatAnswer(error: number): Buffer {
  const body = Buffer.alloc(6);
  body.writeInt16BE(error, 4);
  return body;
}

/** Throttle time, error, generation, protocol, leader, member, members: nothing but the error says anything. */
function joinAnswer(error: number): Buffer {
  return Buffer.concat([heartbeatAnswer(error), Buffer.from([0xff, 0xff, 0xff, 0xff]), Buffer.alloc(10)]);
}

describe('a member that is told by a starting broker to join again, and whose join is refused because the group is being loaded', () => {
  let kafka: ServerProcess;
  let gate: AnsweringGate;
  let running: RunningGroup;
  beforeAll(async () => {
    const [port, gatePort] = [await freePort(), await freePort()];
    kafka = await startKafkaProcess([{ name: 'GATE', port, advertisedPort: gatePort }]);
    gate = await AnsweringGate.open(gatePort, { host: HOST, port });
    running = new RunningGroup([`${HOST}:${gatePort}`]);
  });
  afterAll(async () => {
    await running.end();
    gate.close();
    await kafka.stop();
  });

  it('is replaced and works on: kafkajs would fetch for ever as the member that it was, and say nothing', async () => {
    const topic = uniqueName('facts');
    await createTopics([topic], [kafka.address]);
    const handler = new JournalHandler([topic]);
    const member = await running.join(uniqueName('group'), [handler]);
    const states: string[] = [];
    member.onStateChange(({ state, reasons }) => states.push(`${state}: ${reasons.join()}`));

    gate.answerNext(JOIN_GROUP, joinAnswer(COORDINATOR_LOADING));
    gate.answerNext(HEARTBEAT, heartbeatAnswer(NOT_COORDINATOR));
    await until(() => gate.hasAnswered, { what: 'heartbeat and join to be refused', timeoutMs: 30_000 });
    await running.publisher.send([factRecord(topic, 'k', 1)]);

    await until(() => handler.store.facts.length === 1, { what: 'the record', timeoutMs: 30_000 });
    await until(() => member.status().ready, { what: 'the new consumer', timeoutMs: 30_000 });
    expect(states).toEqual([expect.stringMatching(/^recovering: .*has not joined its group again/), expect.stringMatching(/^running: /)]);
  }, 120_000);
});
