// Runs one operator command of apps/ops against what runs now: npm run sample | compare | token | ops -- COMMAND …
import './workspace/node-version.mjs';
import { once } from 'node:events';
import { StartFailure, exitOnFailure } from '../infra/local/failure.mjs';
import { build } from './up/build.mjs';
import { operatorEnvironment, portsWith } from './up/environment.mjs';
import { startOperator } from './up/operator.mjs';
import { readRunning } from './up/running-file.mjs';
import { secrets } from './up/secrets.mjs';
import { dependenciesAreInstalled, installDependencies } from './workspace/dependencies.mjs';
import { progressOn } from './workspace/progress.mjs';

/** Commands that need no service; the others speak to what `npm run up` started. */
const WORKS_ALONE = ['sample', 'token', 'help', '--help', undefined];

await exitOnFailure(async () => {
  const args = process.argv.slice(2);
  const running = readRunning();
  if (!running && !WORKS_ALONE.includes(args[0])) throw new StartFailure('Nothing is running: start it with npm run up, in another terminal.');
  if (!dependenciesAreInstalled()) await progressOn(process.stderr).step('npm packages installed', installDependencies);
  await build();
  const kept = secrets();
  const environment = operatorEnvironment({
    services: running?.services ?? portsWith(0).services, brokers: running?.brokers, kafkaAccounts: kept.kafka, mongo: running?.mongo, secrets: kept,
  });
  const command = startOperator(args, environment, 'inherit');
  const [code] = await once(command, 'exit');
  process.exit(code ?? 1);
});
