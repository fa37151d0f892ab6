// The fault campaign: npm run faults -- --seed N --rounds R (apps/system-e2e/src/faults)
import './workspace/node-version.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { exitOnFailure } from '../infra/local/failure.mjs';
import { build } from './up/build.mjs';
import { dependenciesAreInstalled, installDependencies } from './workspace/dependencies.mjs';
import { workspace } from './workspace/folders.mjs';
import { progressOn } from './workspace/progress.mjs';

await exitOnFailure(async () => {
  if (!dependenciesAreInstalled()) await progressOn(process.stderr).step('npm packages installed', installDependencies);
  await build();
  const entry = path.join(workspace, 'apps', 'system-e2e', 'dist', 'faults', 'main.js');
  const campaign = spawn(process.execPath, ['--enable-source-maps', entry, ...process.argv.slice(2)], { stdio: 'inherit' });
  const [code] = await once(campaign, 'exit');
  process.exit(code ?? 1);
});
