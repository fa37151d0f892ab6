// From a push over HTTP to the index, and from the topics to the index, beside the floors of the same run.
//   npm run bench:ingest -- [--dossiers 8740] [--rate 200] [--seconds 60] [--runs 3] [--members 1,2] [--json] [--profile DIR]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from '../tools/up/build.mjs';
import { SERVICE_NAMES } from '../tools/up/environment.mjs';
import { figuresDigest } from './ingest/figures.mjs';
import { readingFloor, writingFloor } from './ingest/floors.mjs';
import { Installation } from './ingest/installation.mjs';
import { loadOverHttp } from './ingest/load.mjs';
import { readOptions } from './ingest/options.mjs';
import { Positions } from './ingest/positions.mjs';
import { loadAverage } from './ingest/process-usage.mjs';
import { rebuildOnce } from './ingest/rebuild.mjs';
import { inWords, summaryOf } from './ingest/report.mjs';
import { writePushes } from './ingest/sample-pushes.mjs';
import { spareFor, steadyLoad } from './ingest/steady.mjs';

const options = readOptions(process.argv.slice(2));
const say = (line) => process.stderr.write(`${line}\n`);

async function timed(what, work) {
  const startedAt = performance.now();
  const result = await work();
  say(`${what.padEnd(52)} ${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(7)} s`);
  return result;
}

async function measureAll(installation, pushes) {
  const measurements = { dossiers: pushes.dossiers, loadAverageBefore: loadAverage(), rebuilds: [], readings: [], writings: [] };
  await timed('stores and topics', () => installation.start());
  const positions = new Positions(installation.brokers);
  await positions.connect();
  const services = await timed('services', () => Promise.all(SERVICE_NAMES.map((name) => installation.startService(name))));
  await Promise.all(services.map((service) => installation.untilReady(service)));
  await timed('reference records', () => installation.operator('load', '--sample', 'province', '--only', 'reference'));

  const context = { installation, positions, pushes, services, rate: options.rate, seconds: options.seconds };
  measurements.load = await timed(`load of ${pushes.dossiers} dossiers over HTTP`, () => loadOverHttp(context));
  if (options.parts.has('steady')) {
    measurements.steady = await timed(`steady load of ${options.rate} facts/s`, () => steadyLoad({ ...context, spare: pushes.spare }));
  }
  measurements.digest = await figuresDigest(installation.urlOf('aggregator'));
  measurements.peakMiB = installation.peakMemory(services);
  for (const { name } of services) await installation.stopService(name);

  if (options.parts.has('rebuild')) await measureRebuilds(context, measurements);
  await positions.disconnect();
  return { ...measurements, loadAverageAfter: loadAverage() };
}

/** Floors and rebuilds in turn, so that a quiet or a busy minute of the machine falls on all of them. */
async function measureRebuilds(context, measurements) {
  for (let run = 1; run <= options.runs; run += 1) {
    for (const members of options.members) {
      const database = `rebuilt_${members}_${run}`;
      const rebuilt = await timed(`rebuild ${run} with ${members} member(s)`, () => rebuildOnce({ ...context, members, database }));
      if (rebuilt.digest !== measurements.digest) throw new Error(`rebuild ${run} with ${members} member(s) has other figures`);
      measurements.rebuilds.push(rebuilt);
    }
    measurements.readings.push(await timed(`floor ${run}: kafkajs reads`, () => readingFloor({ ...context, run })));
    const database = `rebuilt_${options.members[0]}_${run}`;
    measurements.writings.push(await timed(`floor ${run}: bulkWrite`, () => writingFloor({ ...context, database, run })));
  }
}

await build();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'index766-bench-'));
const installation = new Installation({ profileFolder: options.profile && path.resolve(options.profile), aggregators: Math.max(...options.members) });
try {
  const spare = options.parts.has('steady') ? spareFor(options.rate, options.seconds) : 0;
  const pushes = await timed('pushes made', () => writePushes(folder, options.dossiers, spare));
  const summary = summaryOf(await measureAll(installation, pushes));
  process.stdout.write(options.json ? `${JSON.stringify(summary, null, 2)}\n` : inWords(summary));
} finally {
  await installation.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
