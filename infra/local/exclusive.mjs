import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function tryToHold(lock) {
  try {
    fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    const holder = Number(fs.readFileSync(lock, 'utf8'));
    if (holder > 0 && !isAlive(holder)) fs.rmSync(lock, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return false;
}

/** Runs `action` while no other process of this machine runs one under the same lock file. */
export async function exclusively(lock, action) {
  fs.mkdirSync(path.dirname(lock), { recursive: true });
  while (!tryToHold(lock)) await wait(200);
  try {
    return await action();
  } finally {
    fs.rmSync(lock, { force: true });
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
