import { spawn } from 'node:child_process';
import { StartFailure } from './failure.mjs';

const LONGEST_REASON = 300;

/** The line of a program's output that says what went wrong: the first that speaks of an error, else the last. */
export function reasonIn(output) {
  const lines = output.trim().split('\n').map((line) => line.trim());
  const reason = lines.find((line) => /error|failed|cannot|could not|^E:/i.test(line)) ?? lines.at(-1) ?? '';
  return reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason;
}

/** Commands under way: they must not go on writing when this process gives up. */
const underWay = new Set();
process.once('exit', () => {
  for (const child of underWay) child.kill('SIGTERM');
});

/**
 * Runs a command to its end without blocking; resolves to { code, stdout, stderr } whatever the code is.
 * `input` goes to its stdin. ENOENT becomes code 127, as in a shell.
 */
export function attempt(command, args, { input, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
    underWay.add(child);
    const out = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => (out.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (out.stderr += text));
    child.once('error', (error) => {
      underWay.delete(child);
      if (error.code === 'ENOENT') resolve({ code: 127, stdout: '', stderr: `${command}: not found` });
      else reject(error);
    });
    child.once('close', (code, signal) => {
      underWay.delete(child);
      resolve({ code: code ?? signal, ...out });
    });
    if (input !== undefined) child.stdin.on('error', () => undefined).end(input);
  });
}

/** Like attempt, but anything other than code 0 is a StartFailure that says what was being done; resolves to stdout. */
export async function run(purpose, command, args, options) {
  const { code, stdout, stderr } = await attempt(command, args, options);
  if (code === 0) return stdout;
  throw new StartFailure(`${purpose} failed: ${reasonIn(stderr) || reasonIn(stdout) || `${command} ended with ${code}`}`, {
    cause: new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`),
  });
}
