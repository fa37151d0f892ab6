import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { until } from '@index766/testing-integration';
import { hasEnded, startApp } from './guarded-child';
import type { SystemAccess } from './system-access';
import { plainEnvironment } from './workspace';

const LOAD_WITHIN_MS = 300_000;

export interface OperatorResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An operator command while it runs. */
export interface RunningCommand {
  /** Resolves when it has said this on its standard output; rejects when it ended without. */
  said(text: string): Promise<void>;
  /** Ends it without warning. */
  kill(): void;
  readonly ended: Promise<OperatorResult>;
}

/** Starts one operator command against an installation. */
export function startCommand(access: SystemAccess, args: readonly string[]): RunningCommand {
  const child = startOperator(access, args);
  const told = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => { told.stdout += text; });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => { told.stderr += text; });
  const ended = (once(child, 'close') as Promise<[number | null]>).then(([code]) => ({ code, ...told }));
  return {
    ended,
    kill: () => void child.kill('SIGKILL'),
    said: async (text) => {
      const seen = await until(() => told.stdout.includes(text) || (hasEnded(child) && 'ended'), { timeoutMs: LOAD_WITHIN_MS, what: `the command to say ${text}` });
      if (seen !== true) throw new Error(`the command ended without saying ${text}: ${told.stdout}${told.stderr}`);
    },
  };
}

/** Runs one operator command against an installation; resolves to how it ended, whatever its exit code. */
export function tryOperate(access: SystemAccess, args: readonly string[]): Promise<OperatorResult> {
  return startCommand(access, args).ended;
}

/** Runs one operator command that has to succeed; resolves to its output. */
export async function operate(access: SystemAccess, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await tryOperate(access, args);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}: ${stderr.trim()}`);
  return stdout;
}

/** A load of the sample that goes on while a spec does something else. */
export interface Loading {
  /** Part of the dossiers of which everything was sent. */
  share(): number;
  isRunning(): boolean;
  /** Resolves when at least this part was sent and nothing more is until `goOn`; rejects when the load has failed. */
  pausedAt(share: number): Promise<void>;
  goOn(): void;
  /** Resolves when the load has ended well. */
  finished(): Promise<void>;
}

/** Starts `load` with these arguments and follows its progress. */
export function startLoading(access: SystemAccess, args: readonly string[]): Loading {
  const child = startOperator(access, ['load', ...args, '--progress', 'json']);
  let share = 0;
  let pauseAt = Infinity;
  let complaint = '';
  if (child.stdout === null) throw new Error('the output of the load is not read');
  createInterface(child.stdout).on('line', (line) => {
    const { done, total } = JSON.parse(line) as { done: number; total: number };
    share = done / total;
    // At once, not when someone looks: a fast machine would have sent the rest meanwhile.
    if (share >= pauseAt) child.kill('SIGSTOP');
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => { complaint += text; });
  const isRunning = () => !hasEnded(child);
  const failure = () => (isRunning() || child.exitCode === 0 ? undefined : `the load ended with ${String(child.exitCode)}: ${complaint.trim()}`);
  const wait = async (condition: () => boolean, what: string): Promise<void> => {
    const seen = await until(() => failure() ?? condition(), { timeoutMs: LOAD_WITHIN_MS, what });
    if (seen !== true) throw new Error(seen);
  };
  return {
    share: () => share,
    isRunning,
    pausedAt: async (wanted) => {
      pauseAt = wanted;
      if (share >= pauseAt) child.kill('SIGSTOP');
      await wait(() => share >= wanted, `the load to reach ${wanted}`);
    },
    goOn: () => {
      pauseAt = Infinity;
      child.kill('SIGCONT');
    },
    finished: () => wait(() => !isRunning(), 'the load to end'),
  };
}

function startOperator({ broker, mongo, urls, databases, secrets }: SystemAccess, args: readonly string[]): ChildProcess {
  const environment = {
    ...plainEnvironment(),
    KAFKA_BROKERS: broker,
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    CATALOG_URL: urls.catalog,
    DOSSIERS_URL: urls.dossiers,
    AGGREGATOR_URL: urls.aggregator,
    MONGO_URI: mongo,
    MONGO_DATABASE: databases.aggregator,
    LOG_LEVEL: 'warn',
    AUTH_LOCAL_SIGNING_KEY_FILE: secrets.signingKey,
    OFFICER_PSEUDONYM_KEY_FILE: secrets.pseudonymKey,
  };
  return startApp('ops', args, environment, ['pipe', 'pipe']);
}
