import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { StartFailure } from './failure.mjs';

/**
 * A shell between the launcher and the server holds the reading end of a pipe. When the launcher ends, in any way
 * including SIGKILL, the pipe closes and the server gets its stop signal: nothing is left running by accident.
 * $1 is the stop signal, the rest the command; the server's pid is written to descriptor 3.
 */
const GUARD = `
signal=$1; shift
exec 4<&0 </dev/null
"$@" 3>&- 4<&- &
server=$!
echo "$server" >&3
exec 3>&-
(read -r _ <&4; kill -s "$signal" "$server") 2>/dev/null &
watcher=$!
trap '' INT TERM HUP
wait "$server"
status=$?
kill -KILL "$watcher" 2>/dev/null
exit "$status"
`;

/** The last lines of a log file, for the message of a server that did not start or died. */
export function logTail(file, lines = 12) {
  if (!fs.existsSync(file)) return '';
  return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

/**
 * Starts a server whose life ends with this process at the latest; its output goes to `logFile`.
 * Resolves to { pid, exited, hasExited(), stop(patienceMs), kill() }; `exited` resolves to the exit code or signal.
 */
export async function startGuarded({ command, args, logFile, stopSignal = 'TERM', env = process.env, uid, gid, cwd }) {
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const log = fs.openSync(logFile, 'a');
  const identity = uid === undefined ? {} : { uid, gid };
  const guard = spawn('/bin/sh', ['-c', GUARD, 'sh', stopSignal, command, ...args], {
    stdio: ['pipe', log, log, 'pipe'],
    detached: true, // Ctrl-C reaches the launcher alone, which then stops its servers in order
    env,
    cwd,
    ...identity,
  });
  fs.closeSync(log);
  guard.stdin.on('error', () => undefined); // the guard is gone already
  let ended = false;
  const exited = new Promise((resolve, reject) => {
    guard.once('exit', (code, signal) => {
      ended = true;
      resolve(code ?? signal);
    });
    guard.once('error', reject);
  });
  exited.catch(() => undefined); // reported by the race below
  const [firstLine] = await Promise.race([
    once(guard.stdio[3], 'data'),
    exited.then((code) => Promise.reject(new StartFailure(`${path.basename(command)} did not start (${code}).`))),
  ]);
  const pid = Number(String(firstLine));

  const kill = async () => {
    if (!ended) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch (error) {
        if (error.code !== 'ESRCH') throw error;
      }
    }
    return exited;
  };
  const stop = async (patienceMs = 20_000) => {
    if (ended) return exited;
    guard.stdin.end();
    const impatience = setTimeout(() => void kill(), patienceMs);
    try {
      return await exited;
    } finally {
      clearTimeout(impatience);
    }
  };
  return { pid, exited, hasExited: () => ended, stop, kill };
}
