import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port';
import type { Server, ServerSource } from './server';
import { workspaceFolder } from './workspace-folder';

interface Ready {
  readonly brokers?: string;
  readonly address?: string;
  readonly pids: readonly number[];
  readonly leavings: readonly string[];
}

/** Runs one of infra/local's launchers until its JSON line says ready. Closing its stdin stops it and its server. */
async function launch(script: string, args: readonly string[]): Promise<{ launcher: ChildProcess; ready: Ready }> {
  const file = join(workspaceFolder(), 'infra', 'local', script);
  const launcher = spawn(process.execPath, [file, 'start', '--stop-with-stdin', '--throwaway', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true, // Ctrl-C is for the test run, which then closes the pipe
  });
  let complaints = '';
  launcher.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const exited = once(launcher, 'exit').then(() => Promise.reject(new Error(`${script} ended: ${complaints.trim()}`)));
  const [line] = (await Promise.race([once(createInterface(launcher.stdout), 'line'), exited])) as [string];
  exited.catch(() => undefined); // from here on its end is either wanted or seen by the specs
  return { launcher, ready: JSON.parse(line) as Ready };
}

async function startProcess(script: string, args: readonly string[], addressOf: (ready: Ready) => string): Promise<Server> {
  const name = `test-${String(process.pid)}-${randomBytes(4).toString('hex')}`;
  const port = String(await freePort());
  const start = () => launch(script, ['--name', name, '--port', port, ...args]);
  let { launcher, ready } = await start();
  const ended = async () => {
    if (launcher.exitCode === null && launcher.signalCode === null) await once(launcher, 'exit');
  };
  return {
    address: addressOf(ready),
    async kill() {
      for (const pid of ready.pids) process.kill(pid, 'SIGKILL');
      await ended();
    },
    async restart() {
      ({ launcher, ready } = await start());
    },
    async stop() {
      launcher.stdin?.end();
      await ended();
      for (const left of ready.leavings) rmSync(left, { recursive: true, force: true }); // a killed launcher left them
    },
  };
}

const startKafka = () => startProcess('kafka.mjs', [], ({ brokers }) => brokers ?? '');

async function startMongo(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'index766-test-'));
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const server = await startProcess(
    'mongo.mjs',
    ['--user', 'specs', '--password-file', passwordFile],
    ({ address }) => `mongodb://specs:${password}@${address ?? ''}/`,
  );
  return {
    ...server,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Servers as processes of this machine (infra/local), for a machine without a Docker engine. */
export const processes: ServerSource = { kind: 'processes', startKafka, startMongo };
