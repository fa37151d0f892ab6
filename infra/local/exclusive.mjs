import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** When a process started (clock ticks since boot), so that a process id used again is not taken for its former owner. */
function startOf(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined; // no such process
  }
}

const identityOf = (pid) => `${pid} ${startOf(pid)}`;
const isHeldBy = (identity) => identity === identityOf(Number.parseInt(identity, 10));

const held = new Set();
process.once('exit', () => {
  for (const lock of held) fs.rmSync(lock, { force: true });
});

/** Takes the lock if it is free, or if the process that took it is gone (then at the next try). */
function tryToHold(lock) {
  try {
    fs.writeFileSync(lock, identityOf(process.pid), { flag: 'wx' });
    held.add(lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    const holder = fs.readFileSync(lock, 'utf8');
    if (holder !== '' && !isHeldBy(holder)) fs.rmSync(lock, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return false;
}

function release(lock) {
  held.delete(lock);
  fs.rmSync(lock, { force: true });
}

/** Runs `action` while no other process of this machine runs one under the same lock file. */
export async function exclusively(lock, action) {
  fs.mkdirSync(path.dirname(lock), { recursive: true });
  while (!tryToHold(lock)) await wait(200);
  try {
    return await action();
  } finally {
    release(lock);
  }
}

/**
 * Makes `target` (a file or folder) once, however many processes ask at the same time: `make(draft)` fills a draft path
 * beside it, which then takes the final name, so that a half-made one is never seen. Returns `target`.
 */
export async function makeOnce(target, make) {
  if (fs.existsSync(target)) return target;
  return exclusively(`${target}.lock`, async () => {
    if (fs.existsSync(target)) return target;
    const draft = `${target}.draft`;
    fs.rmSync(draft, { recursive: true, force: true });
    await make(draft);
    fs.renameSync(draft, target);
    return target;
  });
}
