import fs from 'node:fs';
import path from 'node:path';
import { stateFolder } from '../../infra/local/state-folder.mjs';

const file = () => path.join(stateFolder(), 'running.json');

/** True if a process with this id lives and its command line holds `word` (ids are used again by the system). */
export function isAlive(pid, word) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  const commandLine = `/proc/${pid}/cmdline`;
  return !fs.existsSync(commandLine) || fs.readFileSync(commandLine, 'utf8').includes(word);
}

/** What runs now: { launcher, stores, brokers, services: [{ name, label, url, pid, log }] }, one entry for each member; or undefined. */
export function readRunning() {
  if (!fs.existsSync(file())) return undefined;
  const running = JSON.parse(fs.readFileSync(file(), 'utf8'));
  return isAlive(running.launcher, 'up.mjs') ? running : undefined;
}

export const writeRunning = (running) => fs.writeFileSync(file(), `${JSON.stringify(running, null, 2)}\n`);

/** Removes the file that this process wrote, or one that a killed launcher left. */
export function forgetRunning() {
  const running = readRunning();
  if (running === undefined || running.launcher === process.pid) fs.rmSync(file(), { force: true });
}
