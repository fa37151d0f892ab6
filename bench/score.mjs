// The six groups of one week for 3,838 units over 1,000,000 dossiers, beside the same figures by SQL, in the same run.
//   npm run bench:score -- [--dossiers 1000000] [--runs 7] [--history 10] [--history-dossiers 100000] [--json]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { processingMilliseconds } from '@index766/dossier-life';
import { calendarFor, VIETNAM_CALENDAR } from '@index766/working-time';
import { UNITS, WEEK, YEAR } from './score/cases.mjs';
import { measureDuckDb } from './score/duckdb.mjs';
import { figuresOf, provinceRolledUp, scoreOfUnit, scoresOf, UnitCases } from './score/index-runs.mjs';
import { Postgres } from './score/postgres.mjs';
import { LineFile, rowOf, writeStocks } from './score/rows.mjs';

const { values } = parseArgs({ options: {
  dossiers: { type: 'string', default: '1000000' }, runs: { type: 'string', default: '7' }, history: { type: 'string', default: '10' },
  'history-dossiers': { type: 'string', default: '100000' },
  json: { type: 'boolean', default: false },
} });
const [dossiers, runs, history, historyDossiers] = [values.dossiers, values.runs, values.history, values['history-dossiers']].map(Number);
const PERIODS = [WEEK, YEAR];
const calendar = calendarFor(VIETNAM_CALENDAR, []);
const say = (line) => process.stderr.write(`${line}\n`);
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Medians of wall time and of processor time, in milliseconds: on a crowded machine only the second says something. */
function medianTimes(count, work) {
  const times = Array.from({ length: count }, () => {
    const [startedAt, spent] = [performance.now(), process.cpuUsage()];
    work();
    const { user, system } = process.cpuUsage(spent);
    return { wall: performance.now() - startedAt, processor: (user + system) / 1_000 };
  });
  return { wall: median(times.map(({ wall }) => wall)), processor: median(times.map(({ processor }) => processor)) };
}

const unitsWith = (extent) => Array.from({ length: UNITS }, (_, number) => new UnitCases(number, extent));

async function writeRows(file, units) {
  const lines = new LineFile(file);
  for (const [number, { views }] of units.entries()) {
    await lines.write([...views.all()].map((view) => rowOf(number, view, Math.round((processingMilliseconds(view.dossier, calendar) ?? 0) / 1_000))));
  }
  await lines.close();
}

/** After one fact about the last dossier of a unit: the unit's measures, everything above it up to its province, their points. */
function updateTimes(units) {
  const unit = units.find(({ code, views }) => code.startsWith('H0.') && views.size > 0);
  const view = [...unit.views.all()].at(-1);
  let province = provinceRolledUp('H0', units);
  return medianTimes(51, () => {
    unit.put({ ...view, dossier: { ...view.dossier, endedAt: WEEK.end - 1, endStatus: 9 } });
    province = province.with(new Map([[unit.code, unit.measures(WEEK)]]));
    for (const code of [unit.code, 'H0']) scoreOfUnit(code, province.measuresOf(code));
  });
}

/** Of the same week with one and with many years behind it. */
function measureHistory(years) {
  const units = unitsWith({ dossiers: historyDossiers, years });
  for (const unit of units) unit.measures(WEEK); // makes the columns
  return { years, week: medianTimes(runs, () => units.map((unit) => unit.measures(WEEK))), update: updateTimes(units) };
}

function measureIndex(units) {
  return {
    scores: PERIODS.map((period) => medianTimes(runs, () => scoresOf(units, period))),
    measures: PERIODS.map((period) => medianTimes(runs, () => units.map((unit) => unit.measures(period)))),
    update: updateTimes(units),
  };
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'index766-bench-'));
fs.chmodSync(folder, 0o755);
const postgres = new Postgres(folder);
try {
  const [rows, stocks] = ['dossiers.csv', 'stocks.csv'].map((name) => path.join(folder, name));
  writeStocks(stocks);
  let units = unitsWith({ dossiers, years: 1 });
  await writeRows(rows, units);
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
  const histories = [1, history].map(measureHistory);
  const report = {
    dossiers, units: UNITS, runs, loadAverage: os.loadavg()[0],
    periods: PERIODS.map((period, at) => ({
      period: period.name, measures: index.measures[at], scores: index.scores[at], postgres: { wall: median(byPostgres[at].milliseconds) },
      duckDb: { wall: median(byDuckDb[at].milliseconds), processor: median(byDuckDb[at].processor) },
    })),
    update: index.update,
    historyDossiers, histories,
  };
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : inWords(report));
} finally {
  await postgres.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}

function inWords({ periods, update, histories, ...all }) {
  const ms = ({ wall, processor }) => `${wall.toFixed(1)} ms${processor === undefined ? '' : ` (processor ${processor.toFixed(1)})`}`;
  const lines = periods.flatMap(({ period, measures, scores, postgres: sql, duckDb }) => [
    `${period}: measures of every unit ${ms(measures)}; with roll-up and points ${ms(scores)}`,
    `  PostgreSQL ${ms(sql)}, DuckDB ${ms(duckDb)}; measures are ${(measures.wall / sql.wall).toFixed(2)} of PostgreSQL, ${(measures.wall / duckDb.wall).toFixed(2)} of DuckDB, in processor time ${(measures.processor / duckDb.processor).toFixed(2)}`,
  ]);
  return [
    `${all.dossiers} dossiers, ${all.units} units, medians of ${all.runs} runs, load average ${all.loadAverage.toFixed(1)}; equal figures in all three`, ...lines,
    `one unit after one fact, up to its province: ${ms(update)}`,
    ...histories.map(({ years, week, update: ofOne }) =>
      `${all.historyDossiers} dossiers a year, ${years} year(s): measures of the week ${ms(week)}, one unit after one fact ${ms(ofOne)}`), '',
  ].join('\n');
}
