import fs from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { commandsDuring } from './commands.mjs';
import { measured } from './process-usage.mjs';

const LANES = 4;

const TRY_LATER = [429, 503];

/** Sends one push, again when the service asks for patience; a refused element is a fault of the bench. */
export async function sendPush(url, token, body) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(`${url}/v1/national-sync`, { method: 'POST', body, headers });
  const { error_code: code, ...rest } = await answer.json();
  if (TRY_LATER.includes(answer.status)) {
    await wait(1_000 * Number(answer.headers.get('retry-after') ?? 1));
    return sendPush(url, token, body);
  }
  if (answer.status !== 200 || code !== '0') throw new Error(`a push was not accepted: ${answer.status} ${JSON.stringify(rest).slice(0, 300)}`);
}

/** Cohorts side by side, the pushes of each one after the other: as many one-stop systems would. */
async function sendCohorts(cohorts, send) {
  const waiting = cohorts.values();
  let pushes = 0;
  await Promise.all(Array.from({ length: LANES }, async () => {
    for (const { file } of waiting) {
      for (const body of fs.readFileSync(file, 'utf8').split('\n')) {
        await send(body);
        pushes += 1;
      }
    }
  }));
  return pushes;
}

/**
 * The whole way at full speed: pushes over HTTP until the last one is accepted, then until all of it is in the index.
 * { dossiers, pushes, facts, acceptedSeconds, indexedSeconds, cpu, commands }
 */
export async function loadOverHttp({ installation, positions, pushes: { cohorts, dossiers }, services }) {
  const url = installation.urlOf('dossiers');
  const token = await installation.token(['source', 'replay']);
  const before = await positions.records();
  const parts = [...services.map(({ name, pid }) => ({ name, pids: [pid] })), ...installation.stores];
  const startedAt = performance.now();
  const { result: { result, cpu }, commands } = await commandsDuring(services, () => measured(parts, async () => {
    const pushes = await sendCohorts(cohorts, (body) => sendPush(url, token, body));
    const acceptedAt = performance.now();
    const indexedAt = await positions.untilIndexed({ services });
    return { pushes, acceptedAt, indexedAt };
  }));
  const { pushes, acceptedAt, indexedAt } = result;
  return {
    dossiers, pushes, facts: (await positions.records()) - before, cpu, commands,
    acceptedSeconds: (acceptedAt - startedAt) / 1_000, indexedSeconds: (indexedAt - startedAt) / 1_000,
  };
}
