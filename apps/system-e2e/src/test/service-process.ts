import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { until } from '@index766/testing-integration';
import { ended, startApp } from './guarded-child';
import type { ServiceName } from './services';

export interface ServiceSettings {
  readonly name: ServiceName;
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Called when it ends without having been told to, with how that was; it can be started again then. */
  readonly onEndedByItself?: (how: string) => void;
}

/** How a process ended: an exit code, or the signal that ended it. */
export type ProcessEnd = number | NodeJS.Signals | null;

/** A start takes seconds; a machine may be busy with other things. */
const READY_WITHIN_MS = 300_000;
const LOOK_WITHIN_MS = 5_000;
const STOP_WITHIN_MS = 30_000;
const LOG_LINES = 15;

/** One built service as a process of its own, which a spec may kill and start again on the same port and database. */
export class ServiceProcess {
  private child: ChildProcess | undefined;
  private endedByItself: string | undefined;

  constructor(private readonly settings: ServiceSettings) {}

  get name(): ServiceName {
    return this.settings.name;
  }

  get url(): string {
    return this.settings.url;
  }

  get logFile(): string {
    return this.settings.logFile;
  }

  get isRunning(): boolean {
    return this.child !== undefined;
  }

  /** True unless it was told to end or ended by itself. */
  get isAlive(): boolean {
    return this.child !== undefined && this.endedByItself === undefined;
  }

  start(): void {
    const { name, environment, logFile } = this.settings;
    const log = openSync(logFile, 'a');
    const child = startApp(name, [], environment, [log, log]);
    closeSync(log);
    this.child = child;
    this.endedByItself = undefined;
    child.once('exit', (code, signal) => {
      if (this.child !== child) return; // it was told to end
      this.endedByItself = `${name} ended by itself (${String(code ?? signal)}); the end of its log says:\n${this.logTail()}`;
      this.settings.onEndedByItself?.(this.endedByItself);
    });
  }

  /** Resolves when the service says that it can work; rejects when it ended instead. */
  async untilReady(): Promise<void> {
    const { name, url } = this.settings;
    const seen = await until(async () => this.endedByItself ?? (await isReady(url)), {
      timeoutMs: READY_WITHIN_MS, everyMs: 100, what: `${name} to be ready`,
    });
    if (seen !== true) throw new Error(seen);
  }

  /** Ends it without warning, as a power cut does. */
  async kill(): Promise<void> {
    const child = this.release();
    child.kill('SIGKILL');
    await ended(child);
  }

  /** Stops it as it is, in the middle of whatever it does, until `thaw`. */
  freeze(): void {
    this.running().kill('SIGSTOP');
  }

  thaw(): void {
    this.running().kill('SIGCONT');
  }

  /** Asks it to end, so many times at once; resolves to how it ended: 0 is a clean stop within the service's own limit. */
  async terminate(times = 1): Promise<ProcessEnd> {
    const child = this.release();
    for (let time = 0; time < times; time += 1) child.kill('SIGTERM');
    const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended(child);
    clearTimeout(impatience);
    return child.exitCode ?? child.signalCode;
  }

  /** Ends it in order. Rejects when it had ended by itself before, or does not end in time. */
  async stop(): Promise<void> {
    if (this.endedByItself !== undefined) throw new Error(this.endedByItself);
    const child = this.release();
    child.stdin?.end();
    const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended(child);
    clearTimeout(impatience);
    if (child.signalCode === 'SIGKILL') {
      throw new Error(`${this.settings.name} did not end within ${STOP_WITHIN_MS} ms; the end of its log says:\n${this.logTail()}`);
    }
  }

  private running(): ChildProcess {
    if (this.child === undefined) throw new Error(`${this.settings.name} does not run`);
    return this.child;
  }

  private release(): ChildProcess {
    const child = this.running();
    this.child = undefined;
    return child;
  }

  private logTail(): string {
    const { logFile } = this.settings;
    return existsSync(logFile) ? readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-LOG_LINES).join('\n') : '';
  }
}

/** True if a service says that it can work. Rejects when it does not answer. */
export async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(LOOK_WITHIN_MS) });
  await answer.arrayBuffer();
  return answer.status === 200;
}
