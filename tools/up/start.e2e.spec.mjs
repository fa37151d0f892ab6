// The start command as its user runs it: an own state folder, own ports, a figures file of two small units.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { isKafkaReady } from '../../infra/local/kafka/readiness.mjs';
import { databaseFolder } from '../../infra/local/mongo/places.mjs';
import { HOST } from '../../infra/local/ports.mjs';
import { cacheFolder } from '../../infra/local/state-folder.mjs';
import { workspace } from '../workspace/folders.mjs';
import { portsWith } from './environment.mjs';

const UNITS = ['H44.13', 'H44.20'];
const SHIPPED_FIGURES = path.join(workspace, 'libs/sample/figures/phu-tho-2026.csv');

/** The servers of this spec are processes: containers have fixed names, and would be those of the user's own installation. */
const NO_DOCKER = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };
const needsLinux = process.platform === 'linux' ? {} : { skip: 'servers run as processes on Linux only' };

let folder;
let figures;
let offset;
before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'index766-start-'));
  fs.chmodSync(folder, 0o755); // the database runs as another user when root starts it
  figures = path.join(folder, 'figures.csv');
  fs.writeFileSync(figures, rowsOf(UNITS));
  linkPrograms(path.join(folder, 'state'));
  offset = await freeOffset();
});
after(() => fs.rmSync(folder, { recursive: true, force: true }));

/** The rows of some units, below the heading of the shipped figures. */
function rowsOf(units) {
  const [heading, ...rows] = fs.readFileSync(SHIPPED_FIGURES, 'utf8').split('\n');
  return `${[heading, ...rows.filter((row) => units.some((unit) => row.startsWith(`month,all,${unit},`)))].join('\n')}\n`;
}

/** The programs that were fetched and built once serve every state folder; whatever is missing is fetched for all. */
function linkPrograms(state) {
  const programs = [cacheFolder(), path.join(databaseFolder(), 'cache')];
  fs.mkdirSync(path.join(state, 'cache'), { recursive: true });
  for (const source of new Set(programs)) {
    if (!fs.existsSync(source)) continue;
    for (const name of fs.readdirSync(source).filter((each) => !each.endsWith('.lock'))) {
      const link = path.join(state, 'cache', name);
      fs.rmSync(link, { force: true }); // the database's own folder is the one that its server can reach
      fs.symlinkSync(path.join(source, name), link);
    }
  }
}

async function listenOn(port) {
  const server = net.createServer().listen(port, HOST);
  await once(server, 'listening');
  return server;
}

/** An offset of ports that nobody listens on. */
async function freeOffset() {
  for (let candidate = 1000 + (process.pid % 1000); ; candidate += 1) {
    const { kafka, mongo, services } = portsWith(candidate);
    const claims = await Promise.allSettled([kafka, mongo, ...services.map(({ port }) => port)].map(listenOn));
    for (const { value } of claims) value?.close();
    if (claims.every(({ status }) => status === 'fulfilled')) return candidate;
  }
}

/** Starts `npm run up -- …`: the process and all that it said so far. */
const spawnUp = (...args) => spawnTool('up.mjs', args);

function spawnTool(tool, args) {
  const child = spawn(process.execPath, [path.join(workspace, 'tools', tool), ...args], {
    cwd: folder,
    env: { ...process.env, ...NO_DOCKER, INIT_CWD: folder, INDEX766_STATE: path.join(folder, 'state') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (said.text += part));
  return { child, said };
}

/** Runs `npm run up -- …` to its end: { code, text } with all that it said. */
const up = (...args) => ended(spawnUp(...args));

/** Runs `npm run ops -- …` to its end. */
const operate = (...args) => ended(spawnTool('run-ops.mjs', args));

async function ended({ child, said }) {
  const [code] = await once(child, 'close');
  return { code, text: said.text };
}

/** Waits for something that a start says or writes; a start that ends instead is a failure. */
async function untilSeen({ child, said }, look) {
  for (;;) {
    const seen = look();
    if (seen) return seen;
    assert.equal(child.exitCode, null, said.text);
    await wait(50);
  }
}

const start = (...further) => up(...further, '--once', '--figures', 'figures.csv', '--port-offset', String(offset));

/** That a start ended well: with the index, the late officers and a comparison without a difference. */
function assertShown({ code, text }) {
  assert.equal(code, 0, text);
  assert.match(text, /✓ every push in the index/);
  assert.match(text, /^H44\.20 .* 81 +84 +96\.43 /m); // the index
  assert.match(text, /Officers whose dossiers ran late[^]*^ +1 .* H44\.\d+ /m);
  for (const unit of UNITS) assert.match(text, new RegExp(`^${unit} +2\\.1 .* =$`, 'm')); // the comparison
  assert.match(text, /^[1-9]\d* khớp \/ agree, 0 khác \/ differ/m);
  assert.match(text, /✓ all stopped/);
}

test('the first start loads the sample, shows the tables and the comparison, and stops', needsLinux, async () => {
  const first = await start();
  assertShown(first);
  assert.match(first.text, /✓ sample loaded .*[1-9]\d* pushed/);
  assert.equal(fs.existsSync(path.join(folder, 'state/running.json')), false);
});

test('the second start shows the same without loading again', needsLinux, async () => {
  const second = await start();
  assertShown(second);
  assert.match(second.text, /✓ sample loaded before/);
  assert.doesNotMatch(second.text, /pushed/);
});

test('several members of a service run side by side; one that is killed is told, and the others go on', needsLinux, async () => {
  const started = spawnUp('--figures', 'figures.csv', '--port-offset', String(offset), '--members', 'aggregator=2,dossiers=2', '--json');
  const { child, said } = started;
  const running = JSON.parse(await untilSeen(started, () => /^\{.*\}$/m.exec(said.text)?.[0]));
  assert.deepEqual(running.services.map(({ label }) => label), ['catalog', 'dossiers', 'dossiers-2', 'payments', 'digitization', 'feedback', 'aggregator', 'aggregator-2']);
  const aggregators = running.services.filter(({ name }) => name === 'aggregator');
  const figures = await Promise.all(aggregators.map(async ({ url }) => (await fetch(`${url}/v1/scores?parent=H44&period=2026-10`)).text()));
  assert.match(figures[0], /"numerator":81,"denominator":84/);
  assert.equal(figures[1], figures[0]);

  const { kafka } = portsWith(offset);
  assert.deepEqual([await isKafkaReady(kafka), await isKafkaReady(kafka, { secured: true })], [false, true]); // nobody without an account
  const passwords = fs.readdirSync(path.join(folder, 'state/secrets')).filter((name) => name.endsWith('-password'));
  for (const name of passwords) {
    const file = path.join(folder, 'state/secrets', name);
    assert.equal(fs.statSync(file).mode & 0o077, 0, name);
    assert.ok(!said.text.includes(fs.readFileSync(file, 'utf8').trim()), `${name} is told`);
  }

  const backup = await operate('backup', '--out', 'backup');
  assert.equal(backup.code, 0, backup.text);

  process.kill(aggregators[0].pid, 'SIGKILL');

  await untilSeen(started, () => said.text.includes('Its other members go on.'));
  const left = () => JSON.parse(fs.readFileSync(path.join(folder, 'state/running.json'), 'utf8')).services.map(({ label }) => label);
  await untilSeen(started, () => !left().includes('aggregator'));
  assert.ok(left().includes('aggregator-2'));
  child.kill('SIGTERM');
  await once(child, 'close');
  assert.match(said.text, /✓ all stopped/);
});

test('everything that was stored is lost, and comes back from the backup', needsLinux, async () => {
  fs.rmSync(path.join(folder, 'state/stores'), { recursive: true });
  const restored = await start('--restore', 'backup');
  assertShown(restored);
  assert.match(restored.text, /✓ backup restored/);
  assert.doesNotMatch(restored.text, /pushed/);
});

test('a port in use is named in one sentence, before anything is started', async () => {
  const taken = portsWith(offset).services[1].port;
  const server = await listenOn(taken);
  try {
    const { code, text } = await start();
    assert.equal(code, 1);
    assert.equal(text.trim(), `Port ${taken}, needed by the service dossiers, is in use by another program.`);
  } finally {
    server.close();
  }
});

for (const [args, sentence] of [
  [['--figure', 'x.csv'], /--figure/],
  [['--figures', 'none.csv'], /^There is no file none\.csv\.$/],
  [['--period', 'October'], /--period takes a month such as 2026-10/],
  [['--sample', 'country'], /--sample takes 'province'/],
  [['--port-offset', '-1x'], /--port-offset/],
  [['--restore', 'none'], /^none is no backup: it has no backup\.json\.$/],
  [['--members', 'web=2'], /^--members: there is no service web, but catalog, dossiers, payments, digitization, feedback, aggregator\.$/],
]) {
  test(`${args.join(' ')} is refused in one sentence`, async () => {
    const { code, text } = await up('--once', ...args);
    assert.notEqual(code, 0);
    assert.match(text.trim(), sentence);
    assert.equal(text.trim().split('\n').length, 1);
  });
}
