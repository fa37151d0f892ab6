import { existsSync } from 'node:fs';
import path from 'node:path';

const WORKSPACE = path.resolve(__dirname, '../../../..');

/** A file of the project. */
export function inWorkspace(...parts: readonly string[]): string {
  return path.join(WORKSPACE, ...parts);
}

/** What a run leaves behind to be looked at, until the next run. */
export function testStateFolder(...parts: readonly string[]): string {
  return path.join(path.resolve(process.env['INDEX766_STATE'] ?? inWorkspace('.index766')), 'test', ...parts);
}

/** Where a built app starts. */
export function entryOf(app: string): string {
  const entry = inWorkspace('apps', app, 'dist', 'main.js');
  if (!existsSync(entry)) throw new Error(`${entry} is missing: build the project first (npm run build).`);
  return entry;
}

/** What every program may know of the caller's environment: the rest must not change how it runs. */
export function plainEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'LANG', 'NODE_EXTRA_CA_CERTS'];
  return Object.fromEntries(kept.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }));
}
