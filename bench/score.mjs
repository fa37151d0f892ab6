// The six groups of one week for 3,838 units over 1,000,000 dossiers, beside the same figures by SQL, in the same run.
//   npm run bench:score -- [--dossiers 1000000] [--runs 7] [--history 10] [--json]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { processingMilliseconds } from '@index766/dossier-life';
import { calendarFor, VIETNAM_CALENDAR } from '@index766/working-time';
import { UNITS, WEEK, YEAR } from './score/cases.mjs';
import { measureDuckDb } from './score/duckdb.mjs';
import { figuresOf, scoresOf, scoresOfMeasures, TREE, UnitCases } from './score/index-runs.mjs';
import { Postgres } from './score/postgres.mjs';
import { LineFile, rowOf, writeStocks } from './score/rows.mjs';

const { values } = parseArgs({ options: {
  dossiers: { type: 'string', default: '1000000' }, runs: { type: 'string', default: '7' }, history: { type: 'string', default: '10' },
  json: { type: 'boolean', default: false },
} });
const [dossiers, runs, history] = [values.dossiers, values.runs, values.history].map(Number);
const PERIODS = [WEEK, YEAR];
const calendar = calendarFor(VIETNAM_CALENDAR, []);
const say = (line) => process.stderr.write(`${line}\n`);
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

function timesOf(count, work) {
  return Array.from({ length: count }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
}

async function writeRows(file) {
  const lines = new LineFile(file);
  const units = [];
  for (let number = 0; number < UNITS; number += 1) {
    const unit = new UnitCases(number, { dossiers, years: 1, keepCases: true });
    await lines.write(unit.cases.map((view) => rowOf(number, view, Math.round((processingMilliseconds(view.dossier, calendar) ?? 0) / 1_000))));
    unit.cases = [];
    units.push(unit);
  }
  await lines.close();
  return units;
}

/** After one fact: the unit's columns, its measures, everything above it up to its province, their points. */
function updateTimes(units) {
  const unit = units.find(({ code, live }) => code.startsWith('H0.') && live.length > 0);
  const ofProvince = new Map(units.filter(({ code }) => code.startsWith('H0.')).map((each) => [each.code, each.measures(WEEK)]));
  const province = { ...TREE, nodes: new Map([...TREE.nodes].filter(([code]) => code === 'H0' || code.startsWith('H0.')).map(([code, node]) => [code, { ...node, parent: code === 'H0' ? null : node.parent }])) };
  return timesOf(51, () => {
    const index = unit.live.length - 1;
    const view = unit.live[index];
    unit.replaceLive(index, { ...view, dossier: { ...view.dossier, endedAt: WEEK.end - 1, endStatus: 9 } });
    ofProvince.set(unit.code, unit.measures(WEEK));
    scoresOfMeasures(province, ofProvince);
  });
}

function measureIndex(units) {
  const whole = PERIODS.map((period) => timesOf(runs, () => scoresOf(units, period)));
  const figures = PERIODS.map((period) => timesOf(runs, () => units.map((unit) => unit.measures(period))));
  return { whole: whole.map(median), measures: figures.map(median), update: median(updateTimes(units)) };
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'index766-bench-'));
fs.chmodSync(folder, 0o755);
const postgres = new Postgres(folder);
try {
  const [rows, stocks] = ['dossiers.csv', 'stocks.csv'].map((name) => path.join(folder, name));
  writeStocks(stocks);
  let units = await writeRows(rows);
  say(`${dossiers} dossiers of ${UNITS} units made`);
  const texts = PERIODS.map((period) => figuresOf(units, period));
  const index = measureIndex(units);
  say('index measured');
  await postgres.start();
  postgres.load(rows, stocks);
  say('PostgreSQL loaded');
  const byPostgres = PERIODS.map((period) => postgres.measure(period, runs));
  await postgres.stop();
  const byDuckDb = measureDuckDb({ rows, stocks, periods: PERIODS, runs });
  for (const [name, answers] of Object.entries({ PostgreSQL: byPostgres, DuckDB: byDuckDb })) {
    answers.forEach(({ figures }, at) => {
      if (figures !== texts[at]) throw new Error(`${name} has other figures in ${PERIODS[at].name}`);
    });
  }
  units = [];
  const longer = [];
  for (let number = 0; number < UNITS; number += 1) longer.push(new UnitCases(number, { dossiers, years: history }));
  say(`${history} years of history made`);
  const later = measureIndex(longer);
  const report = {
    dossiers, units: UNITS, runs, loadAverage: os.loadavg()[0],
    periods: PERIODS.map((period, at) => ({
      period: period.name, measuresMs: index.measures[at], scoresMs: index.whole[at], postgresMs: median(byPostgres[at].milliseconds), duckDbMs: median(byDuckDb[at].milliseconds),
      toPostgres: index.measures[at] / median(byPostgres[at].milliseconds), toDuckDb: index.measures[at] / median(byDuckDb[at].milliseconds),
    })),
    updateMs: index.update,
    history: { years: history, weekMeasuresMs: later.measures[0], weekScoresMs: later.whole[0], updateMs: later.update },
  };
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : inWords(report));
} finally {
  await postgres.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}

function inWords({ periods, updateMs, history: later, ...all }) {
  const ms = (number) => `${number.toFixed(1)} ms`;
  const lines = periods.map((each) => `${each.period.padEnd(9)} measures ${ms(each.measuresMs)}, with roll-up and points ${ms(each.scoresMs)}; PostgreSQL ${ms(each.postgresMs)}, DuckDB ${ms(each.duckDbMs)}; measures are ${each.toPostgres.toFixed(2)} of PostgreSQL, ${each.toDuckDb.toFixed(2)} of DuckDB`);
  return [
    `${all.dossiers} dossiers, ${all.units} units, medians of ${all.runs} runs, load average ${all.loadAverage.toFixed(1)}`, ...lines,
    `one unit after one fact ${ms(updateMs)}`,
    `${later.years} years of history: week ${ms(later.weekMeasuresMs)}, with roll-up and points ${ms(later.weekScoresMs)}, one unit after one fact ${ms(later.updateMs)}`, '',
  ].join('\n');
}
