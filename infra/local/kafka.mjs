// A real Kafka broker (KRaft, one node) without Docker: Java, and Maven for the first fetch.
//   node infra/local/kafka.mjs install
//   node infra/local/kafka.mjs start [--port 7692] [--name kafka] [--behind NAME:PORT:ADVERTISED_PORT …]
//     prints one JSON line when ready; SIGTERM stops it. --behind: a further listener for clients that come by a proxy
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { run } from './commands.mjs';
import { StartFailure } from './failure.mjs';
import { logTail, startGuarded } from './guarded-process.mjs';
import { fetchKafka, isKafkaFetched, kafkaClassPath } from './kafka/distribution.mjs';
import { isKafkaReady } from './kafka/readiness.mjs';
import { javaFlags, serverProperties } from './kafka/settings.mjs';
import { HOST, claimPort, freePorts } from './ports.mjs';
import { ensureTools, javaCommand } from './required-tools.mjs';
import { isEntry, serve } from './serve.mjs';
import { stateFolder } from './state-folder.mjs';

/** Sixteen bytes in base64url: the identity of the one-node cluster. */
const CLUSTER_ID = 'SW5kZXg3NjYtbG9jYWwtMQ';
const READY_WITHIN_MS = 60_000;

const quiet = () => undefined;

/** Programs of the machine that the next start needs. */
export const neededTools = () => (isKafkaFetched() ? ['java'] : ['java', 'mvn']);

/** Brings whatever is missing: Java, Maven (as root on Debian) and the broker's jars. */
export async function install({ log = quiet } = {}) {
  await ensureTools(neededTools(), log);
  await fetchKafka(log);
}

async function format(dataFolder, configuration) {
  if (fs.existsSync(path.join(dataFolder, 'meta.properties'))) return;
  const format = ['kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', configuration];
  await run('Preparing the data folder of Kafka', javaCommand(), [...javaFlags, '-cp', kafkaClassPath(), ...format]);
}

/** Reads `NAME:PORT:ADVERTISED_PORT`. */
function listenerBehind(text) {
  const [, name, port, advertisedPort] = /^([A-Z0-9]+):(\d+):(\d+)$/.exec(text) ?? [];
  if (name === undefined) throw new StartFailure(`A listener behind a proxy is NAME:PORT:ADVERTISED_PORT, not ${text}.`);
  return { name, port: Number(port), advertisedPort: Number(advertisedPort) };
}

/**
 * Starts the broker; port 0 takes a free one. One data folder never serves two brokers at once (Kafka locks it).
 * `behind`: listeners for clients that come by a proxy, each `NAME:PORT:ADVERTISED_PORT`.
 * Resolves to { brokers, port, pid, logFile, leavings, exited, stop(), kill() } when it answers.
 */
export async function start({ port = 0, name = 'kafka', behind = [], log = quiet } = {}) {
  const listeners = behind.map(listenerBehind);
  await install({ log });
  const dataFolder = path.join(stateFolder(), name);
  const [freePort, controllerPort] = await freePorts(2);
  const clientPort = port || freePort;
  for (const listened of [clientPort, ...listeners.map((listener) => listener.port)]) await claimPort(listened, 'Kafka');

  fs.mkdirSync(dataFolder, { recursive: true });
  const configuration = `${dataFolder}.properties`;
  const logFile = `${dataFolder}.log`;
  fs.writeFileSync(configuration, serverProperties({ port: clientPort, controllerPort, dataFolder, behind: listeners }));
  await format(dataFolder, configuration);

  const broker = await startGuarded({
    command: javaCommand(),
    args: [...javaFlags, '-cp', kafkaClassPath(), 'kafka.Kafka', configuration],
    logFile,
  });
  for (const end = Date.now() + READY_WITHIN_MS; !(await isKafkaReady(clientPort)); await wait(50)) {
    if (!broker.hasExited() && Date.now() < end) continue;
    await broker.kill();
    throw new StartFailure(`Kafka did not start; the end of ${logFile} says:\n${logTail(logFile)}`);
  }
  return {
    brokers: `${HOST}:${clientPort}`,
    port: clientPort,
    pid: broker.pid,
    logFile,
    leavings: [dataFolder, configuration, logFile],
    exited: broker.exited,
    stop: broker.stop,
    kill: broker.kill,
  };
}

if (isEntry(import.meta.url)) {
  await serve({ name: 'Kafka', defaultPort: 7692, install, start, describe: ({ brokers, pid }) => ({ brokers, pids: [pid] }) });
}
