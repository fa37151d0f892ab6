// Toxiproxy: connections through it can be cut, slowed and black-holed. Without Docker; Go for the first build.
//   node infra/local/toxiproxy.mjs install
//   node infra/local/toxiproxy.mjs start [--port 7674] [--name toxiproxy]     prints one JSON line when ready; SIGTERM stops it
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StartFailure } from './failure.mjs';
import { buildWithGo } from './go.mjs';
import { logTail, startGuarded } from './guarded-process.mjs';
import { HOST, claimPort, freePorts } from './ports.mjs';
import { ensureTools } from './required-tools.mjs';
import { isEntry, serve } from './serve.mjs';
import { cacheFolder, stateFolder } from './state-folder.mjs';

const MODULE = 'github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0';
const READY_WITHIN_MS = 15_000;
const quiet = () => undefined;

const program = () => cacheFolder('toxiproxy-2.12.0', 'toxiproxy');

/** Programs of the machine that the next start needs. */
export const neededTools = () => (fs.existsSync(program()) ? [] : ['go']);

/** Builds it if it is not there; resolves to the program's path. */
export async function install({ log = quiet } = {}) {
  await ensureTools(neededTools(), log);
  return buildWithGo(program(), { what: 'toxiproxy', module: MODULE, binary: 'server', log });
}

async function answers(port) {
  try {
    return (await fetch(`http://${HOST}:${port}/version`, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false; // not yet
  }
}

/** Starts it without any proxy; port 0 takes a free one. Resolves to { url, port, pid, logFile, leavings, exited, stop(), kill() }. */
export async function start({ port = 0, name = 'toxiproxy', log = quiet } = {}) {
  const command = await install({ log });
  const [freePort] = await freePorts(1);
  const apiPort = port || freePort;
  await claimPort(apiPort, 'toxiproxy');
  const logFile = path.join(stateFolder(), `${name}.log`);
  const server = await startGuarded({ command, args: ['-host', HOST, '-port', String(apiPort)], logFile, env: { PATH: process.env.PATH, LOG_LEVEL: 'error' } });
  for (const end = Date.now() + READY_WITHIN_MS; !(await answers(apiPort)); await wait(20)) {
    if (!server.hasExited() && Date.now() < end) continue;
    await server.kill();
    throw new StartFailure(`Toxiproxy did not start; the end of ${logFile} says:\n${logTail(logFile)}`);
  }
  return { url: `http://${HOST}:${apiPort}`, port: apiPort, pid: server.pid, logFile, leavings: [logFile], exited: server.exited, stop: server.stop, kill: server.kill };
}

if (isEntry(import.meta.url)) {
  await serve({ name: 'Toxiproxy', defaultPort: 7674, install, start, describe: ({ url, pid }) => ({ address: url, pids: [pid] }) });
}
