import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { SystemAccess } from './system-access';
import { inWorkspace } from './workspace';

/** A record as kcat shows it: everything text, as any client outside the project reads it. */
export interface ForeignRecord {
  readonly topic: string;
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string | null;
}

interface KcatLine {
  readonly topic: string;
  readonly key?: string | null;
  readonly payload?: string | null;
  /** Names and values in turn. */
  readonly headers?: readonly string[];
}

const MOST_OUTPUT_BYTES = 512 * 1024 * 1024;
const run = promisify(execFile);

/** Makes sure that kcat is there: installs it where that is possible, else rejects with what to install. */
export async function requireKcat(): Promise<void> {
  await run(process.execPath, [inWorkspace('infra', 'local', 'required-tools.mjs'), 'kcat']);
}

/** All that lies in a topic now, read by kcat. */
export async function readByKcat({ broker }: SystemAccess, topic: string): Promise<readonly ForeignRecord[]> {
  const args = ['-b', broker, '-C', '-t', topic, '-o', 'beginning', '-e', '-q', '-J'];
  const { stdout } = await run('kcat', args, { maxBuffer: MOST_OUTPUT_BYTES });
  return stdout.split('\n').filter((line) => line !== '').map((line) => toRecord(JSON.parse(line) as KcatLine));
}

function toRecord({ topic, key = null, payload = null, headers = [] }: KcatLine): ForeignRecord {
  const named: Record<string, string> = {};
  for (let at = 0; at < headers.length; at += 2) named[headers[at] ?? ''] = headers[at + 1] ?? '';
  return { topic, key, payload, headers: named };
}
