// A real Kafka broker (KRaft, one node) without Docker: Java, and Maven for the first fetch.
//   node infra/local/kafka.mjs install
//   node infra/local/kafka.mjs start [--port 7692] [--name kafka] [--data-folder FOLDER]
//         [--behind NAME:PORT:ADVERTISED_PORT …] [--accounts-file FILE]
//     prints one JSON line when ready; SIGTERM stops it. --data-folder: where its data is, if not in the state folder; --behind: a further listener for clients that come by a proxy;
//     --accounts-file: JSON of passwords by account: nobody gets in without one, nobody does what no access rule allows
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { run } from './commands.mjs';
import { StartFailure } from './failure.mjs';
import { logTail, startGuarded } from './guarded-process.mjs';
import { fingerprintOf, scramArguments } from './kafka/accounts.mjs';
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

/** Text of one argument in an argument file of Java. */
const quoted = (argument) => `"${argument.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** Prepares a new data folder, with the accounts if there are any: they cannot be made afterwards without one of them. */
async function format({ dataFolder, configuration, known, accounts }) {
  const fingerprint = accounts === undefined ? '' : fingerprintOf(accounts);
  if (fs.existsSync(path.join(dataFolder, 'meta.properties'))) {
    const before = fs.existsSync(known) ? fs.readFileSync(known, 'utf8') : '';
    if (before === fingerprint) return;
    throw new StartFailure(`The data of Kafka in ${dataFolder} was made with other accounts, or without any: npm run down removes it.`);
  }
  fs.writeFileSync(known, fingerprint, { mode: 0o600 });
  const format = ['kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', configuration, ...scramArguments(accounts ?? {})];
  // In a file and not in the command line, which every user of the machine can read.
  const file = `${configuration}.format`;
  fs.rmSync(file, { force: true });
  fs.writeFileSync(file, [...javaFlags, '-cp', kafkaClassPath(), ...format].map((argument) => `${quoted(argument)}\n`).join(''), { mode: 0o600 });
  try {
    await run('Preparing the data folder of Kafka', javaCommand(), [`@${file}`]);
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** Reads `NAME:PORT:ADVERTISED_PORT`. */
function listenerBehind(text) {
  const [, name, port, advertisedPort] = /^([A-Z0-9]+):(\d+):(\d+)$/.exec(text) ?? [];
  if (name === undefined) throw new StartFailure(`A listener behind a proxy is NAME:PORT:ADVERTISED_PORT, not ${text}.`);
  return { name, port: Number(port), advertisedPort: Number(advertisedPort) };
}

/**
 * Starts the broker; port 0 takes a free one. One data folder never serves two brokers at once (Kafka locks it).
 * `dataFolder`: where its data is, if not in the state folder. `behind`: listeners for clients that come by a proxy, each `NAME:PORT:ADVERTISED_PORT`. `accounts`: passwords by name, with
 * `broker` and `ops` among them, fixed when the data folder is made; without them the broker lets everybody do everything.
 * Resolves to { brokers, port, pid, logFile, leavings, exited, stop(), kill() } when it answers.
 */
export async function start({ port = 0, name = 'kafka', dataFolder = path.join(stateFolder(), name), behind = [], accounts, log = quiet } = {}) {
  const listeners = behind.map(listenerBehind);
  await install({ log });
  const [freePort, controllerPort] = await freePorts(2);
  const clientPort = port || freePort;
  for (const listened of [clientPort, ...listeners.map((listener) => listener.port)]) await claimPort(listened, 'Kafka');

  fs.mkdirSync(dataFolder, { recursive: true });
  const [configuration, known, logFile] = ['properties', 'accounts', 'log'].map((kind) => path.join(stateFolder(), `${name}.${kind}`));
  fs.rmSync(configuration, { force: true });
  fs.writeFileSync(configuration, serverProperties({ port: clientPort, controllerPort, dataFolder, behind: listeners, accounts }), { mode: 0o600 });
  await format({ dataFolder, configuration, known, accounts });

  const broker = await startGuarded({
    command: javaCommand(),
    args: [...javaFlags, '-cp', kafkaClassPath(), 'kafka.Kafka', configuration],
    logFile,
  });
  for (const end = Date.now() + READY_WITHIN_MS; !(await isKafkaReady(clientPort, { secured: accounts !== undefined })); await wait(50)) {
    if (!broker.hasExited() && Date.now() < end) continue;
    await broker.kill();
    throw new StartFailure(`Kafka did not start; the end of ${logFile} says:\n${logTail(logFile)}`);
  }
  return {
    brokers: `${HOST}:${clientPort}`,
    port: clientPort,
    pid: broker.pid,
    logFile,
    leavings: [dataFolder, configuration, known, logFile],
    exited: broker.exited,
    stop: broker.stop,
    kill: broker.kill,
  };
}

if (isEntry(import.meta.url)) {
  await serve({ name: 'Kafka', defaultPort: 7692, install, start, describe: ({ brokers, pid }) => ({ brokers, pids: [pid] }) });
}
