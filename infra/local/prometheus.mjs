// Prometheus and its promtool, without Docker: Debian's package, unpacked into the cache and not installed.
//   node infra/local/prometheus.mjs install
//   node infra/local/prometheus.mjs start [--port 7690] [--name prometheus] [--target JOB=HOST:PORT …] [--rules FILE]
//     prints one JSON line when ready; SIGTERM stops it
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeOnce } from './exclusive.mjs';
import { StartFailure } from './failure.mjs';
import { logTail, startGuarded } from './guarded-process.mjs';
import { openPackageSource, unpackAll } from './mongo/packages.mjs';
import { HOST, claimPort, freePorts } from './ports.mjs';
import { isEntry, serve } from './serve.mjs';
import { cacheFolder, stateFolder } from './state-folder.mjs';

/** Debian 12 has 2.42 as long as it exists, and its programs need nothing but a C library of its age or newer. */
const SUITE = 'bookworm';
const FOLDER = 'prometheus-2.42';
const READY_WITHIN_MS = 30_000;
const quiet = () => undefined;

/** Fetches it if it is not there; resolves to the paths of { prometheus, promtool }. */
export async function install({ log = quiet } = {}) {
  const folder = await makeOnce(cacheFolder(FOLDER), async (draft) => {
    log('fetching Prometheus');
    const workplace = `${draft}.packages`;
    const source = await openPackageSource(path.join(workplace, 'apt'), { suite: SUITE, what: 'Prometheus without Docker' });
    const files = path.join(workplace, 'files');
    await source.download(['prometheus'], files);
    await unpackAll(files, draft);
    fs.rmSync(workplace, { recursive: true, force: true });
  });
  const programs = path.join(folder, 'usr', 'bin');
  return { prometheus: path.join(programs, 'prometheus'), promtool: path.join(programs, 'promtool') };
}

async function answers(port) {
  try {
    return (await fetch(`http://${HOST}:${port}/-/ready`, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false; // not yet
  }
}

/** Reads `JOB=HOST:PORT`. */
function scrapeConfig(text) {
  const [, job, address] = /^([\w-]+)=([\w.-]+:\d+)$/.exec(text) ?? [];
  if (job === undefined) throw new StartFailure(`A target is JOB=HOST:PORT, not ${text}.`);
  return { job_name: job, static_configs: [{ targets: [address] }] };
}

/**
 * Starts it on an empty store; port 0 takes a free one. It scrapes its targets, each `JOB=HOST:PORT` with a job of its own, and
 * evaluates the rules of a file, every second. Resolves to { url, port, pid, promtool, logFile, leavings, exited, stop(), kill() }.
 */
export async function start({ port = 0, name = 'prometheus', targets = [], rulesFile, log = quiet } = {}) {
  const jobs = targets.map(scrapeConfig);
  const { prometheus, promtool } = await install({ log });
  const [freePort] = await freePorts(1);
  const apiPort = port || freePort;
  await claimPort(apiPort, 'Prometheus');
  const folder = path.join(stateFolder(), name);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const configFile = path.join(folder, 'prometheus.json');
  const global = { scrape_interval: '1s', evaluation_interval: '1s' };
  const rules = rulesFile === undefined ? {} : { rule_files: [path.resolve(rulesFile)] };
  fs.writeFileSync(configFile, JSON.stringify({ global, ...rules, scrape_configs: jobs })); // JSON is YAML
  const logFile = path.join(stateFolder(), `${name}.log`);
  const args = [`--config.file=${configFile}`, `--storage.tsdb.path=${path.join(folder, 'store')}`, `--web.listen-address=${HOST}:${apiPort}`, '--log.level=warn'];
  const server = await startGuarded({ command: prometheus, args, logFile, env: { PATH: process.env.PATH } });
  for (const end = Date.now() + READY_WITHIN_MS; !(await answers(apiPort)); await wait(50)) {
    if (!server.hasExited() && Date.now() < end) continue;
    await server.kill();
    throw new StartFailure(`Prometheus did not start; the end of ${logFile} says:\n${logTail(logFile)}`);
  }
  return { url: `http://${HOST}:${apiPort}`, port: apiPort, pid: server.pid, promtool, logFile, leavings: [logFile, folder], exited: server.exited, stop: server.stop, kill: server.kill };
}

if (isEntry(import.meta.url)) {
  await serve({ name: 'Prometheus', defaultPort: 7690, install, start, describe: ({ url, pid, promtool }) => ({ address: url, pids: [pid], promtool }) });
}
