import fs from 'node:fs';
import path from 'node:path';
import { StartFailure } from '../../infra/local/failure.mjs';
import { isAtLeast, versionIn } from '../../infra/local/required-tools.mjs';
import { workspace } from './folders.mjs';

/** Refuses a Node older than the project's `engines` says. */
export function requireNode() {
  const { engines } = JSON.parse(fs.readFileSync(path.join(workspace, 'package.json'), 'utf8'));
  const needed = versionIn(engines.node);
  if (!isAtLeast(versionIn(process.version), needed)) {
    throw new StartFailure(`Node ${needed.join('.')} or newer is needed; this is ${process.version}.`);
  }
}
