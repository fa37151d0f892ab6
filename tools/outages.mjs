// npm run outages: database, broker and both away from each service for half a minute, with the limits that it has by default;
// prints how soon it has recovered and fails if one takes longer than it may.
//   npm run outages -- --service dossiers --seconds 30 --within 10
import './workspace/node-version.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { StartFailure, exitOnFailure } from '../infra/local/failure.mjs';
import { SERVICE_NAMES } from './up/environment.mjs';
import { workspace } from './workspace/folders.mjs';

const DEFAULT_SECONDS = '30';
const DEFAULT_WITHIN_SECONDS = '10';

async function main() {
  const { values } = parseArgs({ options: { service: { type: 'string' }, seconds: { type: 'string' }, within: { type: 'string' } } });
  const { service, seconds = DEFAULT_SECONDS, within = DEFAULT_WITHIN_SECONDS } = values;
  if (service !== undefined && !SERVICE_NAMES.includes(service)) throw new StartFailure(`--service takes one of ${SERVICE_NAMES.join(', ')}.`);
  for (const [name, text] of Object.entries({ seconds, within })) {
    if (!/^[1-9]\d{0,2}$/.test(text)) throw new StartFailure(`--${name} takes a whole number of seconds.`);
  }
  const jest = path.join(workspace, 'node_modules', 'jest', 'bin', 'jest.js');
  const specs = `apps/${service ?? '[^/]+'}/src/test/outages`;
  const child = spawn(process.execPath, [jest, '--config', 'jest.int.config.cjs', '--runInBand', specs], {
    cwd: workspace, stdio: 'inherit', env: { ...process.env, OUTAGE_SECONDS: seconds, OUTAGE_RECOVERS_WITHIN_SECONDS: within },
  });
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
}

await exitOnFailure(main);
