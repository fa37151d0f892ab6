// A durable MongoDB-compatible server without Docker: PostgreSQL with DocumentDB (Debian packages, unpacked, not
// installed) behind FerretDB (built with Go).
//   node infra/local/mongo.mjs install
//   node infra/local/mongo.mjs start --user NAME --password-file FILE [--port 7617] [--name mongo]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StartFailure } from './failure.mjs';
import { logTail, startGuarded } from './guarded-process.mjs';
import { ensureAccount, ensureDataFolder, makeTemplate, startCluster } from './mongo/cluster.mjs';
import { fetchEngine } from './mongo/engine.mjs';
import { buildGateway, isGatewayBuilt } from './mongo/gateway.mjs';
import { plainEnvironment, makeDatabaseFolder } from './mongo/places.mjs';
import { isMongoReady } from './mongo/readiness.mjs';
import { HOST, claimPort, freePorts } from './ports.mjs';
import { ensureTools } from './required-tools.mjs';
import { isEntry, serve } from './serve.mjs';

const READY_WITHIN_MS = 30_000;
const quiet = () => undefined;

const cache = () => {
  const folder = path.join(makeDatabaseFolder(), 'cache', 'mongo');
  fs.mkdirSync(folder, { recursive: true });
  return folder;
};

/** Programs of the machine that the next start needs. */
export const neededTools = () => (isGatewayBuilt(cache()) ? [] : ['go']);

/** Brings whatever is missing; resolves to { engine, template, gateway } (paths). The gateway is built beside the downloads. */
export async function install({ log = quiet } = {}) {
  await ensureTools(neededTools(), log);
  const folder = cache();
  const gatewayBuilt = buildGateway(folder, log);
  gatewayBuilt.catch(quiet); // awaited below; must not count as unhandled while the engine is fetched
  const engine = await fetchEngine(folder, log);
  const template = await makeTemplate(engine, folder, log);
  return { engine, template, gateway: await gatewayBuilt };
}

async function startGateway({ gateway, port, socketFolder, stateFolder, logFile }) {
  fs.mkdirSync(stateFolder, { recursive: true });
  const server = await startGuarded({
    command: gateway,
    args: [
      `--listen-addr=${HOST}:${port}`,
      `--postgresql-url=postgres://postgres@/postgres?host=${encodeURIComponent(socketFolder)}&pool_max_conns=50`,
      `--state-dir=${stateFolder}`,
      '--telemetry=disable',
      '--debug-addr=-',
      '--log-level=error',
    ],
    logFile,
    env: { ...plainEnvironment(), DO_NOT_TRACK: '1', GOMAXPROCS: String(os.availableParallelism()) },
  });
  for (const end = Date.now() + READY_WITHIN_MS; !(await isMongoReady(port)); await wait(20)) {
    if (!server.hasExited() && Date.now() < end) continue;
    await server.kill();
    throw new StartFailure(`The database gateway did not start; the end of ${logFile} says:\n${logTail(logFile)}`);
  }
  return server;
}

/**
 * Starts the server; port 0 takes a free one. Clients log in as `user` (SCRAM).
 * Resolves to { uri, port, pids, logFile, leavings, exited, stop(), kill() }; `exited` resolves when either part has ended.
 */
export async function start({ port = 0, name = 'mongo', user, password, log = quiet }) {
  if (!user || !password) throw new StartFailure('The database needs --user and --password-file.');
  const { engine, template, gateway } = await install({ log });
  const [freePort] = await freePorts(1);
  const clientPort = port || freePort;
  await claimPort(clientPort, 'MongoDB');

  const dataFolder = path.join(makeDatabaseFolder(), name);
  await ensureDataFolder(template, dataFolder);
  const logFile = `${dataFolder}.log`;
  const cluster = await startCluster(engine, dataFolder, logFile);
  let front;
  try {
    await ensureAccount(engine, cluster.socketFolder, user, password);
    const { socketFolder } = cluster;
    front = await startGateway({ gateway, port: clientPort, socketFolder, stateFolder: `${dataFolder}.gateway`, logFile });
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return {
    uri: `mongodb://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${HOST}:${clientPort}/`,
    port: clientPort,
    pids: [cluster.pid, front.pid],
    logFile,
    leavings: [dataFolder, `${dataFolder}.gateway`, logFile],
    exited: Promise.race([cluster.exited, front.exited]),
    async stop() {
      await front.stop(3000);
      return cluster.stop();
    },
    async kill() {
      await Promise.all([front.kill(), cluster.kill()]);
    },
  };
}

if (isEntry(import.meta.url)) {
  // The address is printed without its password: the caller has it in the file.
  await serve({ name: 'MongoDB', defaultPort: 7617, install, start, describe: ({ port, pids }) => ({ address: `${HOST}:${port}`, pids }) });
}
