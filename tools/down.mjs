// npm run down: stops what still runs and removes what `npm run up` and the tests left: data, logs, secrets, containers.
//   npm run down -- --all             the cache of fetched and built programs too (the next start fetches them again)
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { engineAnswers, removeContainersAndVolumes } from '../infra/docker/engine.mjs';
import { exitOnFailure } from '../infra/local/failure.mjs';
import { ELSEWHERE, databaseFolder } from '../infra/local/mongo/places.mjs';
import { stateFolder } from '../infra/local/state-folder.mjs';
import { forgetRunning, isAlive, readRunning } from './up/running-file.mjs';
import { progressOn } from './workspace/progress.mjs';

const STOP_WITHIN_MS = 60_000;
/** The cache of the database's programs is where the database is. */
const KEPT = ['cache', ELSEWHERE];

/** Asks the launcher to stop; its servers end with it in any case, since each holds a pipe from it. */
async function stopLauncher(pid) {
  process.kill(pid, 'SIGTERM');
  for (const end = Date.now() + STOP_WITHIN_MS; isAlive(pid, 'up.mjs') && Date.now() < end; ) await wait(100);
  if (isAlive(pid, 'up.mjs')) process.kill(pid, 'SIGKILL');
}

function removeState(folder, keep) {
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder).filter((name) => !keep.includes(name));
  for (const name of names) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  if (fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
  return names;
}

await exitOnFailure(async () => {
  const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } });
  const progress = progressOn(process.stdout);
  const running = readRunning();
  if (running) await progress.step('stopped', () => stopLauncher(running.launcher));
  forgetRunning();
  if (await engineAnswers()) await progress.step('containers and volumes removed', removeContainersAndVolumes);
  const folders = [...new Set([stateFolder(), databaseFolder()])];
  const removed = folders.flatMap((folder) => removeState(folder, values.all ? [] : KEPT));
  progress.line(removed.length === 0 ? '✓ nothing was left' : `✓ removed: ${[...new Set(removed)].sort().join(', ')}`);
});
