import path from 'node:path';
import fs from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { StartFailure } from '../../infra/local/failure.mjs';
import { logTail, startGuarded } from '../../infra/local/guarded-process.mjs';
import { claimPort } from '../../infra/local/ports.mjs';
import { stateFolder } from '../../infra/local/state-folder.mjs';
import { entryOf, requireEntry } from './build.mjs';
import { serviceEnvironment } from './environment.mjs';

const READY_WITHIN_MS = 90_000;
const LOOK_WITHIN_MS = 2000;

async function isReady(url) {
  try {
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(LOOK_WITHIN_MS) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** Starts one member of a built service; its log goes to a file of the state folder, begun anew. */
export async function startService(service, connections) {
  requireEntry(service.name);
  await claimPort(service.port, `the service ${service.label}`);
  const logFile = path.join(stateFolder(), 'logs', `${service.label}.log`);
  fs.rmSync(logFile, { force: true });
  const started = await startGuarded({
    command: process.execPath,
    args: ['--enable-source-maps', entryOf(service.name)],
    logFile,
    env: serviceEnvironment(service, connections),
  });
  return { ...started, name: service.name, label: service.label, url: service.url, logFile, logTail: () => logTail(logFile) };
}

/** Resolves when the service says that it can work; a service that ends instead is reported with the end of its log. */
export async function untilServiceReady({ label, url, logFile, hasExited }) {
  for (const end = Date.now() + READY_WITHIN_MS; !(await isReady(url)); await wait(100)) {
    if (hasExited()) throw new StartFailure(`The service ${label} ended at its start; the end of ${logFile} says:\n${logTail(logFile)}`);
    if (Date.now() > end) throw new StartFailure(`The service ${label} is not ready after ${READY_WITHIN_MS / 1000} s; see ${logFile}.`);
  }
}
