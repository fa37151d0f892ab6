// What must hold of the compose files, looked at without an engine.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { DEFAULT_SCHEMA, Type, load } from 'js-yaml';
import { SERVICES } from '../tools/up/environment.mjs';
import { GIVEN_SECRETS } from './docker/given-secrets.mjs';
import { KAFKA_ACCOUNTS } from '../tools/up/secrets.mjs';

const root = path.resolve(import.meta.dirname, '..');
const read = (...parts) => fs.readFileSync(path.join(root, ...parts), 'utf8');
const FILES = ['docker-compose.yml', 'docker-compose.three-brokers.yml'];
const compose = load(read(FILES[0]));
/** Compose's own tag for a list that takes the place of the one that it would be added to. */
const OVERRIDE = new Type('!override', { kind: 'sequence' });
const threeBrokers = load(read(FILES[1]), { schema: DEFAULT_SCHEMA.extend([OVERRIDE]) });
const { services } = compose;
const images = JSON.parse(read('infra', 'images.json'));

/** They end when their work is done; others wait for that end. */
const ONE_SHOT = ['secrets', 'topics', 'ops'];
/** Images of others whose start writes outside of their volumes. */
const WRITES_ITS_ROOT = ['kafka', 'mongo', 'grafana'];
const SERVICE_NAMES = SERVICES.map(({ name }) => name);
const MEMORY_MB = 4096;

/** What Compose makes of a text when nothing is set: `${NAME:-this}`. */
const byDefault = (text) => text.replaceAll(/\$\{[A-Z0-9_]+:-([^}]*)\}/g, '$1');
const megabytes = (text) => {
  const [, number, unit] = /^(\d+)([mg])$/.exec(byDefault(text)) ?? [];
  assert.ok(number, `${text} is no memory limit`);
  return Number(number) * (unit === 'g' ? 1024 : 1);
};

/** Variables that a program's settings name; `required` are those without a default that are not optional either. */
function settingsOf(...sources) {
  const known = new Set();
  const required = new Set();
  for (const source of sources) {
    for (const [, variable, options, property] of source.matchAll(/Variable\('([A-Z0-9_]+)'([^\n]*)\)\n\s+readonly (\w+[!?]?)/g)) {
      known.add(variable);
      if (property.endsWith('!') && !options.includes('optional: true')) required.add(variable);
    }
  }
  return { known, required };
}

const shared = ['http', 'mongo', 'kafka', 'auth', 'log', 'trace'].map((name) => read('libs/platform/config/src/settings', `${name}-settings.ts`));
const settingsOfFacts = read('libs/platform/config/src/settings/fact-settings.ts');
/** Given by the service itself as the default of a group, so that nobody has to set them. */
const GROUP_DEFAULTS = ['HTTP_PORT', 'MONGO_DATABASE', 'KAFKA_CLIENT_ID'];
/** What the image's entry, the runtime and the Kafka client read. */
const OF_THE_IMAGE = ['MONGO_URI_FILE', 'NODE_OPTIONS'];

test('every service has limits, an exact tag, and what keeps it in its place', () => {
  for (const [name, service] of Object.entries(services)) {
    assert.ok(megabytes(service.mem_limit) > 0, name);
    if (service.build === undefined) assert.match(service.image, /^[a-z/]+:v?\d+\.\d+\.\d+$/, name);
    if (!WRITES_ITS_ROOT.includes(name)) {
      assert.equal(service.read_only, true, name);
      assert.deepEqual(service.cap_drop, ['ALL'], name);
    }
    if (!ONE_SHOT.includes(name)) assert.equal(service.init, true, name);
    assert.equal(service.privileged ?? service.network_mode === 'host', false, name);
  }
});

test('every service that stays has a health check and, but for the sample, starts again', () => {
  for (const [name, { healthcheck, restart }] of Object.entries(services)) {
    if (ONE_SHOT.includes(name)) continue;
    assert.equal(healthcheck.test[0], 'CMD', name);
    assert.equal('start_interval' in healthcheck, false, name);
    if (name !== 'sample') assert.equal(restart, 'unless-stopped', name);
  }
});

test('all that stays fits a machine of 4 GB, the sample beside it', () => {
  const stays = Object.entries(services).filter(([name]) => !ONE_SHOT.includes(name));

  assert.ok(stays.reduce((sum, [, { mem_limit: limit }]) => sum + megabytes(limit), 0) <= MEMORY_MB);
});

test('what a program keeps in memory is less than its limit', () => {
  const { mongo, ...others } = services;
  const heaps = Object.entries(others).flatMap(([name, { environment, mem_limit: limit }]) => {
    const [, heap] = /--max-old-space-size=(\d+)/.exec(byDefault(environment?.NODE_OPTIONS ?? '')) ?? [];
    return heap === undefined ? [] : [{ name, heap: Number(heap), limit: megabytes(limit) }];
  });

  assert.deepEqual(heaps.map(({ name }) => name), SERVICE_NAMES);
  for (const { name, heap, limit } of heaps) assert.ok(heap <= 0.8 * limit, name);
  const cache = Number(byDefault(mongo.command[mongo.command.indexOf('--wiredTigerCacheSizeGB') + 1])) * 1024;
  assert.ok(cache >= 0.25 * 1024 && cache <= 0.5 * megabytes(mongo.mem_limit)); // MongoDB takes no less than a quarter of a GB
});

test('ports are published on the loopback address unless somebody asks for another', () => {
  const published = [services, threeBrokers.services].flatMap(Object.values).flatMap(({ ports = [] }) => ports);

  assert.ok(published.length > 0);
  for (const port of published) assert.match(port, /^\$\{BIND_ADDRESS:-127\.0\.0\.1\}:\$\{[A-Z0-9_]+_PORT:-\d+\}:\d+$/);
});

test('the stores are those of the tests and of the start script', () => {
  assert.equal(services.kafka.image, images.kafka);
  assert.equal(services.mongo.image, images.mongo);
});

test('all six services are there, on the ports of the start script, with their health check and time to stop', () => {
  for (const { name, port } of SERVICES) {
    const service = services[name];
    assert.deepEqual(service.command, [name]);
    assert.equal(service.environment.HTTP_PORT, String(port));
    assert.ok(service.ports[0].endsWith(`:${port}`));
    assert.match(service.healthcheck.test.at(-1), new RegExp(`127\\.0\\.0\\.1:${port}/health/ready`));
    assert.ok(parseInt(service.stop_grace_period, 10) > 10, `${name} may need 10 s to stop`);
    assert.equal(service.depends_on.topics.condition, 'service_completed_successfully');
    assert.equal(service.depends_on.mongo.condition, 'service_healthy');
  }
});

for (const name of SERVICE_NAMES) {
  test(`${name} is given what its settings require, and nothing that they do not know`, () => {
    const own = read('apps', name, 'src', `${name}.config.ts`);
    const { known, required } = settingsOf(...shared, ...(own.includes('@Group(FactSettings)') ? [settingsOfFacts] : []), own);
    const given = Object.keys(services[name].environment);

    assert.ok(known.size > 20);
    for (const variable of required) {
      if (GROUP_DEFAULTS.includes(variable)) continue;
      assert.ok(given.includes(variable) || given.includes(`${variable}_FILE`), `${variable} is not given`);
    }
    for (const variable of given) assert.ok(known.has(variable) || OF_THE_IMAGE.includes(variable), `nobody reads ${variable}`);
    assert.ok(given.includes('AUTH_LOCAL_KEY_FILE'));
  });
}

test('operator commands are given what their settings know, with the address of every service', () => {
  const { known } = settingsOf(shared[1], shared[2], shared[4], read('apps/ops/src/ops.config.ts'));
  for (const name of ['ops', 'sample', 'topics']) {
    const { environment } = services[name];
    for (const variable of Object.keys(environment)) {
      // The pseudonym key is there for readers of the sample's officers; both lists say so.
      assert.ok(known.has(variable) || [...OF_THE_IMAGE, 'AUTH_SOURCE_TOKENS_FILE', 'OFFICER_PSEUDONYM_KEY_FILE'].includes(variable), `nobody reads ${variable}`);
    }
    for (const { name: service, port } of SERVICES) assert.equal(environment[`${service.toUpperCase()}_URL`], `http://${service}:${port}`);
  }
});

test('the partitions of topics are the same for who makes them and who counts on them', () => {
  const stated = Object.values(services).flatMap(({ environment = {} }) => environment.TOPIC_PARTITIONS ?? []);

  assert.ok(stated.length > SERVICE_NAMES.length - 2);
  assert.equal(new Set(stated).size, 1);
});

test('no secret stands in the files: what is secret is a file of a volume', () => {
  for (const [name, { environment = {} }] of Object.entries({ ...services, ...threeBrokers.services })) {
    for (const [variable, value] of Object.entries(environment)) {
      if (variable === 'KAFKA_SASL_USERNAME') continue; // says who, not by what
      if (/PASSWORD|SECRET|TOKEN|_KEY|MONGO_URI|USERNAME|ACCOUNTS/.test(variable)) assert.match(`${variable}=${value}`, /_FILE=\/(secrets|account)\/[a-z./-]+$/, name);
    }
  }
  assert.doesNotMatch(read('.env.example'), /PASSWORD|SECRET|KEY=/);
});

test('.env.example names every setting of both files with its default', () => {
  const asked = FILES.flatMap((file) => [...read(file).matchAll(/\$\{([A-Z0-9_]+):-([^}]*)\}/g)].map(([, name, value]) => `${name}=${value}`));
  const shown = read('.env.example').match(/^[A-Z0-9_]+=.*$/gm);

  assert.deepEqual([...shown].sort(), [...new Set(asked)].sort());
});

test('every folder that a container mounts is there, and every volume is declared', () => {
  for (const { volumes = [] } of Object.values(services)) {
    for (const volume of volumes) {
      const [source] = volume.split(':');
      assert.ok(source.startsWith('.') ? fs.existsSync(path.join(root, source)) : source in compose.volumes, volume);
    }
  }
});

test('the three brokers know each other, and every copy has a place', () => {
  const brokers = ['kafka', 'kafka-2', 'kafka-3'];
  const voters = brokers.map((name, index) => `${index + 1}@${name}:9093`).join(',');
  for (const name of brokers) assert.equal(threeBrokers.services[name].environment.KAFKA_CONTROLLER_QUORUM_VOTERS, voters);
  for (const name of SERVICE_NAMES) assert.equal(threeBrokers.services[name].environment.KAFKA_BROKERS, brokers.map((each) => `${each}:9092`).join(','));
  for (const name of SERVICE_NAMES) assert.deepEqual(threeBrokers.services[name].dns_opt, ['timeout:1', 'attempts:1'], name);
  assert.equal(threeBrokers.services.topics.environment.TOPIC_REPLICATION, String(brokers.length));
  const outside = [services, ...brokers.slice(1).map(() => threeBrokers.services)].map((all, index) => all[brokers[index]]);
  for (const { ports: [published], environment } of outside) {
    const [, port] = /:(\$\{KAFKA_[A-Z0-9_]*PORT:-\d+\}):9094$/.exec(published);
    assert.ok(environment.KAFKA_ADVERTISED_LISTENERS.endsWith(`,EXTERNAL://\${KAFKA_HOST:-127.0.0.1}:${port}`));
  }
  assert.equal(new Set(outside.map(({ ports: [published] }) => published)).size, brokers.length);
});

test('the broker lets nobody in without an account: every listener asks for one, and who has them are those of the access table', () => {
  const { environment, entrypoint, volumes, ports } = services.kafka;
  const listeners = environment.KAFKA_LISTENERS.split(',').map((listener) => listener.split(':')[0]);
  assert.equal(environment.KAFKA_LISTENER_SECURITY_PROTOCOL_MAP, listeners.map((name) => `${name}:SASL_PLAINTEXT`).join(','));
  assert.deepEqual(entrypoint, ['/index766/start-secured-kafka.sh']);
  assert.ok(volumes.includes('kafka-account:/account:ro'));
  assert.equal(ports.length, 1); // the listener of the network inside stays there
  const table = read('apps/ops/src/services/topic-access.ts');
  const named = [...table.matchAll(/^export const (?:RULED_ACCOUNTS|ADMINISTRATORS) = \[(.*)\] as const;$/gm)].flatMap(([, names]) => names.replaceAll(/[' ]/g, '').split(','));
  assert.deepEqual([...named].sort(), [...KAFKA_ACCOUNTS].sort());
});

test('every program logs in at the broker as itself, with a password that it alone is told', () => {
  const account = { ...Object.fromEntries(SERVICE_NAMES.map((name) => [name, name])), ops: 'ops', topics: 'ops', sample: 'ops' };
  for (const [name, username] of Object.entries(account)) {
    const { KAFKA_SASL_USERNAME: user, KAFKA_SASL_PASSWORD_FILE: file } = services[name].environment;
    assert.deepEqual([user, file], [username, `/secrets/secrets/kafka-${username}-password`]);
  }
});

for (const name of SERVICE_NAMES) {
  test(`${name} can read the secrets that it is told of and no others`, () => {
    assert.deepEqual(services[name].volumes, [`${name}-secrets:/secrets:ro`]);
    assert.ok(services.secrets.volumes.includes(`${name}-secrets:/given/${name}`));
    const told = Object.values(services[name].environment).flatMap((value) => /^\/secrets\/secrets\/(.+)$/.exec(value)?.[1] ?? []);
    // Named by whoever makes it (docs/runbooks/editions.md).
    const byChoice = name === 'aggregator' ? ['edition-earlier-keys.json'] : [];
    assert.deepEqual([...told, ...byChoice].sort(), [...GIVEN_SECRETS[name]].sort());
  });
}

test('what signs tokens is given to operator commands alone', () => {
  const readers = Object.entries(services).filter(([, { volumes = [] }]) => volumes.some((volume) => volume.startsWith('secrets:'))).map(([name]) => name);
  assert.deepEqual(readers.sort(), ['ops', 'sample', 'secrets', 'topics']);
  assert.ok(!Object.values(GIVEN_SECRETS).flat().includes('signing-key.pem'));
});

test('the script that starts the broker is one that a shell can read, and ends in that of the image', () => {
  const script = path.join(root, 'infra', 'docker', 'start-secured-kafka.sh');
  assert.equal(spawnSync('bash', ['-n', script]).status, 0);
  assert.ok((fs.statSync(script).mode & 0o111) !== 0);
  assert.match(fs.readFileSync(script, 'utf8'), /\nexec \/etc\/kafka\/docker\/run\n$/);
});

test('the image runs as nobody in particular, from an exact base, with plain instructions', () => {
  const dockerfile = read('infra', 'Dockerfile');
  assert.match(dockerfile, /^ARG NODE_IMAGE=node:\d+\.\d+\.\d+-\w+-slim$/m);
  assert.match(dockerfile, /^USER node$/m);
  assert.doesNotMatch(dockerfile, /^# *syntax|<<|--link|:latest/m);
  for (const name of [...SERVICE_NAMES, 'ops']) assert.ok(dockerfile.includes(`-w apps/${name}`), name);
});

const client = spawnSync('docker', ['compose', 'version']);
test('Compose itself reads both files', client.status === 0 ? {} : { skip: 'no Compose here' }, () => {
  for (const files of [FILES.slice(0, 1), FILES]) {
    const { status, stderr } = spawnSync('docker', ['compose', ...files.flatMap((file) => ['-f', file]), '--profile', '*', 'config', '-q'], { cwd: root, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  }
});
