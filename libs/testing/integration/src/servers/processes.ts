import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port';
import { childrenOf, signalFamily } from './process-family';
import type { ListenerBehind, ServerProcess, ServerSource } from './server';
import { workspaceFolder } from './workspace-folder';

interface Ready {
  readonly brokers?: string;
  readonly address?: string;
  readonly promtool?: string;
  readonly pids: readonly number[];
  readonly leavings: readonly string[];
}

/** Runs one of infra/local's launchers until its JSON line says ready. Closing its stdin stops it and its server. */
export async function launch(script: string, args: readonly string[]): Promise<{ launcher: ChildProcess; ready: Ready }> {
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

/** How a server process is started, and what is known of it once it is ready. */
interface ProcessSettings<Part extends string> {
  readonly script: string;
  readonly args: readonly string[];
  readonly addressOf: (ready: Ready) => string;
  /** Its processes, in the order in which the launcher names them. */
  readonly parts: readonly Part[];
}

async function startProcess<Part extends string>({ script, args, addressOf, parts }: ProcessSettings<Part>): Promise<ServerProcess<Part>> {
  const name = `test-${String(process.pid)}-${randomBytes(4).toString('hex')}`;
  const port = String(await freePort());
  const start = () => launch(script, ['--name', name, '--port', port, ...args]);
  let { launcher, ready } = await start();
  const ended = async () => {
    if (launcher.exitCode === null && launcher.signalCode === null) await once(launcher, 'exit');
  };
  const pidOf = (part: Part): number => {
    const pid = ready.pids[parts.indexOf(part)];
    if (pid === undefined) throw new Error(`${script} names no process of ${part}`);
    return pid;
  };
  return {
    address: addressOf(ready),
    parts,
    async kill(part) {
      for (const pid of part === undefined ? ready.pids : [pidOf(part)]) process.kill(pid, 'SIGKILL');
      await ended();
    },
    async restart() {
      ({ launcher, ready } = await start());
    },
    ended,
    pause: (part) => {
      signalFamily(pidOf(part), 'SIGSTOP');
    },
    resume: (part) => {
      signalFamily(pidOf(part), 'SIGCONT');
    },
    children: (part) => childrenOf(pidOf(part)),
    async stop() {
      launcher.stdin?.end();
      await ended();
      for (const left of ready.leavings) rmSync(left, { recursive: true, force: true }); // a killed launcher left them
    },
  };
}

/** Starts a broker as a process. `behind`: listeners for clients that come by a proxy. */
export function startKafkaProcess(behind: readonly ListenerBehind[] = []): Promise<ServerProcess<'broker'>> {
  return startBroker(behind.flatMap(({ name, port, advertisedPort }) => ['--behind', `${name}:${String(port)}:${String(advertisedPort)}`]));
}

/** Starts a broker whose data is in this folder, on a file system of the spec's choice. */
export function startKafkaOn(dataFolder: string): Promise<ServerProcess<'broker'>> {
  return startBroker(['--data-folder', dataFolder]);
}

/**
 * Starts a broker that lets nobody in without an account and nobody do what no access rule allows; answers it with a random
 * password for each account. `broker` and `ops` have to be among them: they may do everything.
 */
export async function startSecuredKafka(accounts: readonly string[]): Promise<{ readonly server: ServerProcess<'broker'>; readonly passwords: ReadonlyMap<string, string> }> {
  const folder = mkdtempSync(join(tmpdir(), 'index766-test-'));
  const passwords = new Map(accounts.map((account) => [account, randomBytes(16).toString('base64url')]));
  const file = join(folder, 'accounts.json');
  writeFileSync(file, JSON.stringify(Object.fromEntries(passwords)), { mode: 0o600 });
  const server = await startBroker(['--accounts-file', file]);
  return {
    passwords,
    server: {
      ...server,
      async stop() {
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    },
  };
}

function startBroker(args: readonly string[]): Promise<ServerProcess<'broker'>> {
  return startProcess({ script: 'kafka.mjs', args, addressOf: ({ brokers }) => brokers ?? '', parts: ['broker'] });
}

/** Starts a database as two processes: the engine, and the gateway that speaks MongoDB's protocol in front of it. */
export async function startMongoProcess(): Promise<ServerProcess<'engine' | 'gateway'>> {
  const folder = mkdtempSync(join(tmpdir(), 'index766-test-'));
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const server = await startProcess({
    script: 'mongo.mjs',
    args: ['--user', 'specs', '--password-file', passwordFile],
    addressOf: ({ address }) => `mongodb://specs:${password}@${address ?? ''}/`,
    parts: ['engine', 'gateway'],
  });
  return {
    ...server,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts toxiproxy without any proxy in it; its address is the `http://` one of its API. */
export function startToxiproxy(): Promise<ServerProcess<'proxy'>> {
  return startProcess({ script: 'toxiproxy.mjs', args: [], addressOf: ({ address }) => address ?? '', parts: ['proxy'] });
}

/** Servers as processes of this machine (infra/local), for a machine without a Docker engine. */
export const processes: ServerSource = { kind: 'processes', startKafka: () => startKafkaProcess(), startMongo: startMongoProcess };
