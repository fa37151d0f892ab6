// npm run fuzz: long campaigns of bad input against one service, or all of them. The same seed sends the same requests.
//   npm run fuzz -- --service dossiers --runs 500 --seed 7
import './workspace/node-version.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { StartFailure, exitOnFailure } from '../infra/local/failure.mjs';
import { SERVICE_NAMES } from './up/environment.mjs';
import { workspace } from './workspace/folders.mjs';

const DEFAULT_RUNS = '300';
const DEFAULT_SEED = '766';

async function main() {
  const { values } = parseArgs({ options: { service: { type: 'string' }, runs: { type: 'string' }, seed: { type: 'string' } } });
  const { service, runs = DEFAULT_RUNS, seed = DEFAULT_SEED } = values;
  if (service !== undefined && !SERVICE_NAMES.includes(service)) throw new StartFailure(`--service takes one of ${SERVICE_NAMES.join(', ')}.`);
  for (const [name, text] of Object.entries({ runs, seed })) {
    if (!/^\d{1,9}$/.test(text)) throw new StartFailure(`--${name} takes a whole number.`);
  }
  const jest = path.join(workspace, 'node_modules', 'jest', 'bin', 'jest.js');
  const specs = service === undefined ? 'bad-input' : `apps/${service}/.*bad-input`;
  const child = spawn(process.execPath, [jest, '--config', 'jest.int.config.cjs', '--runInBand', specs], {
    cwd: workspace, stdio: 'inherit', env: { ...process.env, FUZZ_RUNS: runs, FUZZ_SEED: seed },
  });
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
}

await exitOnFailure(main);
