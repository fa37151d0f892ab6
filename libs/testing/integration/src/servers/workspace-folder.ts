import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The root of the project: the nearest folder above this package that has nx.json. */
export function workspaceFolder(from: string = __dirname): string {
  if (existsSync(join(from, 'nx.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('the workspace folder (with nx.json) is not above this package');
  return workspaceFolder(parent);
}
