import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { until } from '@index766/testing-integration';
import { hasEnded, startApp } from './guarded-child';
import { SERVICES } from './services';
import type { SystemAccess } from './system-access';
import { plainEnvironment } from './workspace';

const SAID_WITHIN_MS = 300_000;

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
  const { told, ended } = listenTo(child);
  return {
    ended,
    kill: () => void child.kill('SIGKILL'),
    said: async (text) => {
      const seen = await until(() => told.stdout.includes(text) || (hasEnded(child) && 'ended'), { timeoutMs: SAID_WITHIN_MS, what: `the command to say ${text}` });
      if (seen !== true) throw new Error(`the command ended without saying ${text}: ${told.stdout}${told.stderr}`);
    },
  };
}

/** How a command ends. */
export function resultOf(child: ChildProcess): Promise<OperatorResult> {
  return listenTo(child).ended;
}

function listenTo(child: ChildProcess): { readonly told: { stdout: string; stderr: string }; readonly ended: Promise<OperatorResult> } {
  const told = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => { told.stdout += text; });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => { told.stderr += text; });
  const ended = (once(child, 'close') as Promise<[number | null]>).then(([code]) => ({ code, ...told }));
  return { told, ended };
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

function startOperator({ broker, mongo, urls, databases, secrets }: SystemAccess, args: readonly string[]): ChildProcess {
  const environment = {
    ...plainEnvironment(),
    KAFKA_BROKERS: broker,
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    ...Object.fromEntries(SERVICES.map((name) => [`${name.toUpperCase()}_URL`, urls[name]])),
    ...Object.fromEntries(SERVICES.map((name) => [`${name.toUpperCase()}_DATABASE`, databases[name]])),
    DECISIONS_DATABASE: `${databases.aggregator}_decisions`,
    MONGO_URI: mongo,
    MONGO_DATABASE: databases.aggregator,
    LOG_LEVEL: 'warn',
    AUTH_LOCAL_SIGNING_KEY_FILE: secrets.signingKey,
    OFFICER_PSEUDONYM_KEY_FILE: secrets.pseudonymKey,
  };
  return startApp('ops', args, environment, ['pipe', 'pipe']);
}
