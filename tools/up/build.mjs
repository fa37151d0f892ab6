import fs from 'node:fs';
import path from 'node:path';
import { attempt } from '../../infra/local/commands.mjs';
import { StartFailure } from '../../infra/local/failure.mjs';
import { workspace } from '../workspace/folders.mjs';

/** Where a built app starts. */
export const entryOf = (app) => path.join(workspace, 'apps', app, 'dist', 'main.js');

/** Builds what changed since the last build. */
export async function build() {
  const compiler = path.join(workspace, 'node_modules', 'typescript', 'bin', 'tsc');
  const { code, stdout } = await attempt(process.execPath, [compiler, '-b'], { cwd: workspace });
  if (code !== 0) throw new StartFailure(`The project does not compile:\n${stdout.trim()}`);
}

export function requireEntry(app) {
  if (!fs.existsSync(entryOf(app))) throw new StartFailure(`${entryOf(app)} is missing after the build.`);
}
