import { once } from 'node:events';
import net from 'node:net';
import { createTopics, freePort, kafkaBrokers, uniqueName, until } from '@index766/testing-integration';
import { Deferred } from '../deferred';
import { clientOf } from '../test/running-group';
import { alignedAssigner } from './aligned-assigner';
import { DEFAULT_CONSUMER_LIMITS } from './consumer-limits';
import { GroupMember } from './group-member';

const HOST = '127.0.0.1';
const SESSION_MS = 6_000;
/** Longer than the group waits for a dead member, shorter than that and the silence before it together. */
const STALL_MS = 8_000;

/** Where nobody listened before, the broker answers from now on. */
async function answerAt(port: number, broker: string): Promise<net.Server> {
  const [host = HOST, brokerPort = ''] = broker.split(':');
  const gate = net.createServer((client) => {
    const upstream = net.connect(Number(brokerPort), host);
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  }).listen(port, HOST);
  await once(gate, 'listening');
  return gate;
}

describe('the watch on a member whose broker was away', () => {
  it('counts from the broker’s first answer: it does not cut off a join that waits for a dead member', async () => {
    const [topic, group] = [uniqueName('facts'), uniqueName('group')];
    await createTopics([topic]);
    const dead = clientOf().link();
    const former = dead.kafka.consumer({ groupId: group, sessionTimeout: SESSION_MS, partitionAssigners: [alignedAssigner] });
    const formerJoined = new Promise((resolve) => former.on(former.events.GROUP_JOIN, resolve));
    await former.connect();
    await former.subscribe({ topics: [topic] });
    await Promise.all([former.run({ eachMessage: () => Promise.resolve() }), formerJoined]);

    const port = await freePort();
    const joined = new Deferred();
    const member = new GroupMember({
      client: clientOf([`${HOST}:${port}`]), group, topics: [topic], limits: { ...DEFAULT_CONSUMER_LIMITS, stallMs: STALL_MS }, now: Date.now,
      onJoined: () => joined.resolve(), onRebalancing: () => undefined, onBatch: () => Promise.resolve(),
    });
    const ended = member.run().then(() => 'stopped', (error: unknown) => String(error));
    await until(() => Date.now() - member.watch.activeAt > STALL_MS - 1_000, { what: 'the broker to be away for long', timeoutMs: STALL_MS });
    dead.sever();
    const [broker = ''] = kafkaBrokers();
    const gate = await answerAt(port, broker);
    try {
      expect(await Promise.race([joined.promise.then(() => 'joined'), ended])).toBe('joined');
    } finally {
      await member.stop(5_000);
      gate.close();
      await former.disconnect().catch(() => undefined);
    }
  }, 60_000);
});
