import fs from 'node:fs';
import path from 'node:path';
import { run } from '../../infra/local/commands.mjs';
import { workspace } from './folders.mjs';

const readLock = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).packages : undefined);

/**
 * True if what npm says it installed (its own record inside node_modules) is what the lock file asks for.
 * Optional packages are left out: most of them are for other systems.
 */
export function areInstalled(wanted, installed) {
  if (installed === undefined) return false;
  return Object.entries(wanted)
    .filter(([place, { optional }]) => place.includes('node_modules/') && !optional)
    .every(([place, { version, link }]) => (link ? installed[place]?.link : installed[place]?.version === version));
}

export function dependenciesAreInstalled() {
  return areInstalled(readLock(path.join(workspace, 'package-lock.json')), readLock(path.join(workspace, 'node_modules', '.package-lock.json')));
}

/** Installs exactly what the lock file names. */
export async function installDependencies() {
  await run('Installing the npm packages', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: workspace });
}
