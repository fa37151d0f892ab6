import path from 'node:path';
import { StartFailure } from '../../infra/local/failure.mjs';
import { claimPort } from '../../infra/local/ports.mjs';
import { stateFolder } from '../../infra/local/state-folder.mjs';
import { dependenciesAreInstalled, installDependencies } from '../workspace/dependencies.mjs';
import { build } from './build.mjs';
import { operatorEnvironment, portsWith } from './environment.mjs';
import { isLoaded, markLoaded } from './loaded-marker.mjs';
import { runOperator, showOperator } from './operator.mjs';
import { readRunning, writeRunning } from './running-file.mjs';
import { secrets as makeSecrets } from './secrets.mjs';
import { startService, untilServiceReady } from './services.mjs';
import { chooseStores } from './stores.mjs';

/** Looked at before anything is fetched or built, so that the complaint comes at once. */
async function claimPorts({ kafka, mongo, services }) {
  await claimPort(kafka, 'Kafka');
  await claimPort(mongo, 'MongoDB');
  for (const { label, port } of services) await claimPort(port, `the service ${label}`);
}

async function startStores({ progress, supervisor, ports, options, secrets }) {
  let stores;
  await progress.step('Kafka and MongoDB installed', async (log) => {
    stores = await chooseStores(log);
    await stores.install(log);
    return { remark: stores.kind === 'docker' ? 'Docker' : 'without Docker' };
  });
  const common = { name: options.dataName, log: () => undefined };
  const kafka = await progress.step('Kafka started', async () =>
    supervisor.add('Kafka', await stores.startKafka({ ...common, port: ports.kafka, accounts: secrets.kafka.passwords })));
  const mongo = await progress.step('MongoDB started', async () =>
    supervisor.add('MongoDB', await stores.startMongo({ ...common, port: ports.mongo, account: secrets.database })));
  return { kind: stores.kind, kafka, mongo };
}

/** The sample counts as loaded then: nothing is put on top of what came back. */
async function restore({ progress, options, environment, storesKind }) {
  await progress.step('backup restored', () => runOperator('Restoring the backup', ['restore', '--from', options.backup], environment));
  markLoaded(storesKind, options.dataName);
}

async function startServices({ progress, supervisor, ports, connections }) {
  return progress.step('services started', async () => {
    const services = [];
    for (const service of ports.services) services.push(supervisor.add(`The service ${service.label}`, await startService(service, connections)));
    await Promise.all(services.map(untilServiceReady));
    return services;
  });
}

async function loadSample({ progress, options, environment, storesKind }) {
  if (await isLoaded(storesKind, options.dataName, environment.CATALOG_URL)) {
    progress.line(`✓ sample loaded before (npm run ops -- load repeats it, and changes nothing)`);
  } else {
    await progress.step('sample loaded', async () => {
      const bar = progress.bar('sample');
      let pushed = 0;
      await runOperator('Loading the sample', ['load', ...options.sampleArguments, '--progress', 'json'], environment, (line) => {
        const { done, total } = JSON.parse(line);
        pushed = done;
        bar(done, total);
      });
      return { remark: `${pushed} pushed` };
    });
    markLoaded(storesKind, options.dataName);
  }
  await progress.step('every push in the index', () => runOperator('Waiting for the index', ['settle', ...options.sampleArguments], environment));
}

function showAddresses(line, { services, brokers, mongo }) {
  line('');
  for (const { label, url } of services) line(`  ${label.padEnd(12)} ${url}   API: ${url}/openapi.json   metrics: ${url}/metrics`);
  line(`  ${'Kafka'.padEnd(12)} ${brokers}   (accounts in ${path.join(stateFolder(), 'secrets')}; consumer reads public topics)`);
  line(`  ${'MongoDB'.padEnd(12)} ${mongo}   (account in ${path.join(stateFolder(), 'secrets')})`);
}

/**
 * Brings everything up, step by step: packages, build, stores, topics, services, sample, tables.
 * Resolves to the exit code that the run has earned so far: 1 if the comparison found a difference, or with --strict a broken rule.
 */
export async function bringUp({ options, progress, out, supervisor }) {
  const other = readRunning();
  if (other) throw new StartFailure(`It is already running (process ${other.launcher}): stop that one with Ctrl-C or npm run down.`);
  const ports = portsWith(options.portOffset, options.members);
  await claimPorts(ports);
  if (!dependenciesAreInstalled()) await progress.step('npm packages installed', installDependencies);
  await progress.step('project built', build);

  const secrets = makeSecrets();
  const { kind, kafka, mongo } = await startStores({ progress, supervisor, ports, options, secrets });
  const { brokers } = kafka;
  const environment = operatorEnvironment({ services: ports.services, brokers, kafkaAccounts: secrets.kafka, secrets });
  await progress.step('topics', () => runOperator('Making the topics', ['topics', 'apply'], environment));
  if (options.backup !== undefined) {
    const withDatabase = operatorEnvironment({ services: ports.services, brokers, kafkaAccounts: secrets.kafka, mongo: new URL(mongo.uri).host, secrets });
    await restore({ progress, options, storesKind: kind, environment: withDatabase });
  }
  const services = await startServices({ progress, supervisor, ports, connections: { brokers, kafkaAccounts: secrets.kafka, mongoUri: mongo.uri, secrets } });

  const running = {
    launcher: process.pid,
    stores: { kind, pids: [...(kafka.pids ?? []), ...(mongo.pids ?? [])] },
    brokers,
    mongo: new URL(mongo.uri).host,
    services: services.map(({ name, label, url, pid, logFile }) => ({ name, label, url, pid, log: logFile })),
  };
  writeRunning(running);
  supervisor.onMemberLost(({ pid }) => {
    running.services = running.services.filter((service) => service.pid !== pid);
    writeRunning(running);
  });
  await loadSample({ progress, options, environment, storesKind: kind });

  const shown = await showOperator(['tables', ...options.sampleArguments], environment, out);
  if (shown !== 0) throw new StartFailure('The tables could not be shown.');
  const compare = ['compare', ...options.sampleArguments, ...(options.strict ? ['--strict'] : [])];
  const differs = options.figures !== undefined && (await showOperator(compare, environment, out)) !== 0;
  showAddresses(progress.line, running);
  if (options.json) process.stdout.write(`${JSON.stringify(running)}\n`);
  return differs ? 1 : 0;
}
