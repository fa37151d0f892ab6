import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A file for each port that a process of this machine was given, with the process's id. */
const folder = path.join(tmpdir(), 'index766-ports');

/**
 * Takes a port for this process until it ends; false: a process that runs has it, though it may not listen yet. Runs of
 * several working copies beside each other see each other's files.
 */
export function reservePort(port: number): boolean {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, String(port));
  if (isOfRunningProcess(file)) return false;
  rmSync(file, { force: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false; // another process was faster
  }
}

function isOfRunningProcess(file: string): boolean {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // of another user; otherwise there is no file or no process
  }
}
