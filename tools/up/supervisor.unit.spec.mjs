import assert from 'node:assert/strict';
import { test } from 'node:test';
import { superviseStarted } from './supervisor.mjs';

/** Something that was started and ends when the spec says so. */
function started(name, stops = []) {
  let end;
  const exited = new Promise((resolve) => (end = resolve));
  return {
    end: async (how) => {
      end(how);
      await new Promise(setImmediate);
    },
    server: {
      ...(name === undefined ? {} : { name, url: `http://${name}` }),
      exited,
      logTail: () => 'last words',
      stop: async () => stops.push(name ?? 'store'),
    },
  };
}

test('the only member of a service ends the run with the end of its log', async () => {
  const supervisor = superviseStarted();
  const { server, end } = started('catalog');
  supervisor.add('The service catalog', server);

  await end('SIGKILL');

  await assert.rejects(supervisor.failure, /The service catalog ended unexpectedly \(SIGKILL\)[^]*last words/);
});

test('a member that ends is told, and the run ends with the last member', async () => {
  const said = [];
  const lost = [];
  const supervisor = superviseStarted((text) => said.push(text));
  supervisor.onMemberLost((server) => lost.push(server.name));
  const [first, second] = [started('aggregator'), started('aggregator')];
  supervisor.add('The service aggregator', first.server);
  supervisor.add('The service aggregator-2', second.server);

  await first.end('SIGKILL');

  assert.match(said.join(), /The service aggregator ended unexpectedly[^]*last words\nIts other members go on\./);
  assert.deepEqual(lost, ['aggregator']);

  await second.end(1);

  await assert.rejects(supervisor.failure, /The service aggregator-2 ended unexpectedly \(1\)/);
});

test('a store that ends ends the run, whatever else goes on', async () => {
  const supervisor = superviseStarted();
  const { server, end } = started(undefined);
  supervisor.add('Kafka', server);
  supervisor.add('MongoDB', started(undefined).server);

  await end(1);

  await assert.rejects(supervisor.failure, /Kafka ended unexpectedly/);
});

test('services stop before the stores that they use, and what ends then is no failure', async () => {
  const stops = [];
  const said = [];
  const supervisor = superviseStarted((text) => said.push(text));
  const member = started('dossiers', stops);
  supervisor.add('Kafka', started(undefined, stops).server);
  supervisor.add('The service dossiers', member.server);

  await supervisor.stopAll();
  await member.end(0);

  assert.deepEqual(stops, ['dossiers', 'store']);
  assert.deepEqual(said, []);
});
