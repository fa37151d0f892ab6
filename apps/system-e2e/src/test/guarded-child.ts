import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { entryOf } from './workspace';

/** Ends a process in order when its standard input closes: a run that is killed leaves nothing behind. */
const END_WITH_INPUT = `data:text/javascript,${encodeURIComponent(
  "process.stdin.once('end', () => process.kill(process.pid, 'SIGTERM')).resume().unref();",
)}`;

/** Starts a built app as a process of its own that does not outlive this one; `output` is where stdout and stderr go. */
export function startApp(
  app: string, args: readonly string[], environment: Readonly<Record<string, string>>, output: readonly ['pipe' | number, 'pipe' | number],
): ChildProcess {
  const stdio: StdioOptions = ['pipe', ...output];
  return spawn(process.execPath, ['--enable-source-maps', '--import', END_WITH_INPUT, entryOf(app), ...args], { env: environment, stdio });
}

export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

export async function ended(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) await once(child, 'exit');
}
