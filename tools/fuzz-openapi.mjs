// npm run fuzz:openapi: schemathesis against the OpenAPI document of every service of an installation of its own, started for it.
//   npm run fuzz:openapi -- --service dossiers --examples 100 --seed 7
import './workspace/node-version.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { StartFailure, exitOnFailure } from '../infra/local/failure.mjs';
import { freePorts } from '../infra/local/ports.mjs';
import { install } from '../infra/local/schemathesis.mjs';
import { stateFolder } from '../infra/local/state-folder.mjs';
import { build } from './up/build.mjs';
import { SERVICE_NAMES, operatorEnvironment, servicesAt } from './up/environment.mjs';
import { runOperator } from './up/operator.mjs';
import { secrets as makeSecrets } from './up/secrets.mjs';
import { startService, untilServiceReady } from './up/services.mjs';
import { chooseStores } from './up/stores.mjs';
import { superviseStarted } from './up/supervisor.mjs';
import { dependenciesAreInstalled, installDependencies } from './workspace/dependencies.mjs';
import { progressOn } from './workspace/progress.mjs';

const ROLES = ['source', 'replay', 'desk', 'administrator', 'operator', 'reviewer', 'officer-list'];
/** One unit of the sample, so that what requests name is there. */
const SAMPLE = ['--units', 'H44.20'];
const STORE_NAME = 'fuzz-openapi';
/** Every request comes from one caller of one address. */
const NO_RATE_LIMIT = { RATE_LIMIT_SOURCE_PER_SECOND: '1000000', RATE_LIMIT_ADDRESS_PER_SECOND: '1000000', RATE_LIMIT_CALLER_IN_WORK: '1000' };

const RULES = fileURLToPath(new URL('fuzz/schemathesis.toml', import.meta.url));

function optionsOf(args) {
  const { values } = parseArgs({ args, options: { service: { type: 'string' }, examples: { type: 'string', default: '40' }, seed: { type: 'string', default: '766' } } });
  const { service, examples, seed } = values;
  if (service !== undefined && !SERVICE_NAMES.includes(service)) throw new StartFailure(`--service takes one of ${SERVICE_NAMES.join(', ')}.`);
  for (const [name, text] of Object.entries({ examples, seed })) {
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new StartFailure(`--${name} takes a whole number from 1.`);
  }
  return { chosen: service === undefined ? SERVICE_NAMES : [service], examples, seed };
}

async function startInstallation(progress, supervisor) {
  const secrets = makeSecrets();
  const stores = await chooseStores(() => undefined);
  await progress.step('Kafka and MongoDB installed', (log) => stores.install(log));
  const [kafkaPort, mongoPort, ...servicePorts] = await freePorts(2 + SERVICE_NAMES.length);
  const common = { name: STORE_NAME, log: () => undefined };
  fs.rmSync(path.join(stateFolder(), 'stores', STORE_NAME), { recursive: true, force: true });
  const kafka = supervisor.add('Kafka', await stores.startKafka({ ...common, port: kafkaPort, accounts: secrets.kafka.passwords }));
  const mongo = supervisor.add('MongoDB', await stores.startMongo({ ...common, port: mongoPort, account: secrets.database }));
  const services = servicesAt(servicePorts);
  const environment = operatorEnvironment({ services, brokers: kafka.brokers, kafkaAccounts: secrets.kafka, secrets });
  await runOperator('Making the topics', ['topics', 'apply'], environment);
  const connections = { brokers: kafka.brokers, kafkaAccounts: secrets.kafka, mongoUri: mongo.uri, secrets, further: NO_RATE_LIMIT };
  await progress.step('services started', async () => {
    const started = [];
    for (const service of services) started.push(supervisor.add(`The service ${service.label}`, await startService(service, connections)));
    await Promise.all(started.map(untilServiceReady));
  });
  await progress.step('a sample loaded', () => runOperator('Loading a sample', ['load', ...SAMPLE], environment));
  const lines = [];
  await runOperator('Making a token', ['token', ...ROLES.flatMap((role) => ['--role', role]), '--unit', '*'], environment, (line) => lines.push(line));
  return { services, token: lines.at(-1) };
}

/** True if it found nothing. */
async function fuzzed({ name, url }, { command: [command, ...first], token, examples, seed }) {
  process.stdout.write(`\n${name}\n`);
  const child = spawn(command, [
    ...first, '--config-file', RULES, 'run', `${url}/openapi.json`, '--header', `Authorization: Bearer ${token}`,
    '--max-examples', examples, '--seed', seed, '--continue-on-failure', '--no-color',
  ], { stdio: ['ignore', 'inherit', 'inherit'], cwd: stateFolder() });
  const [code] = await once(child, 'exit');
  const ready = await fetch(`${url}/health/ready`);
  if (ready.status !== 200) process.stdout.write(`${name} is not ready afterwards: ${await ready.text()}\n`);
  return code === 0 && ready.status === 200;
}

await exitOnFailure(async () => {
  const options = optionsOf(process.argv.slice(2));
  const progress = progressOn(process.stderr);
  if (!dependenciesAreInstalled()) await progress.step('npm packages installed', installDependencies);
  await progress.step('project built', build);
  const command = await progress.step('schemathesis installed', (log) => install({ log }));
  const supervisor = superviseStarted(progress.line);
  try {
    const { services, token } = await startInstallation(progress, supervisor);
    const found = [];
    for (const service of services.filter(({ name }) => options.chosen.includes(name))) {
      if (!(await fuzzed(service, { ...options, command, token }))) found.push(service.name);
    }
    process.stdout.write(found.length === 0 ? '\nNothing was found.\n' : `\nFindings in: ${found.join(', ')}\n`);
    process.exitCode = found.length === 0 ? 0 : 1;
  } finally {
    await supervisor.stopAll();
  }
});
