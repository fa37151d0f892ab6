import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { StartFailure } from '../../infra/local/failure.mjs';
import { callerFolder } from './options.mjs';
import { entryOf, requireEntry } from './build.mjs';

const running = new Set();

/** Starts one operator command of the built ops app; `stdio` as in child_process. */
export function startOperator(args, environment, stdio) {
  requireEntry('ops');
  const child = spawn(process.execPath, ['--enable-source-maps', entryOf('ops'), ...args], { cwd: callerFolder(), env: environment, stdio });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Ends the commands that still run, when the whole is being stopped. */
export function stopOperators() {
  for (const child of running) child.kill('SIGTERM');
}

/** Runs one operator command with its output on `stream`; resolves to its exit code. */
export async function showOperator(args, environment, stream) {
  const child = startOperator(args, environment, ['ignore', 'pipe', 'inherit']);
  child.stdout.pipe(stream, { end: false });
  const [code] = await once(child, 'close');
  return code;
}

/** Runs one operator command silently; `onLine` gets the lines of its output. Its complaint is thrown as it is. */
export async function runOperator(purpose, args, environment, onLine = () => undefined) {
  const child = startOperator(args, environment, ['ignore', 'pipe', 'pipe']);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (complaint += text));
  createInterface(child.stdout).on('line', onLine);
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new StartFailure(`${purpose} failed (${code ?? signal}): ${complaint.trim()}`);
}
