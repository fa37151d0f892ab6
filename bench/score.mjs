// The six groups of one week for 3,838 units over 1,000,000 dossiers, beside the same figures by SQL, in the same run.
//   npm run bench:score -- [--dossiers 1000000] [--runs 7] [--history 10] [--history-units 384] [--json]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import v8 from 'node:v8';
import vm from 'node:vm';
import { processingMilliseconds } from '@index766/dossier-life';
import { calendarFor, VIETNAM_CALENDAR } from '@index766/working-time';
import { UNITS, WEEK, YEAR } from './score/cases.mjs';
import { referenceOfAll } from './score/catalog.mjs';
import { assertSame } from './score/compare.mjs';
import { measureDuckDb } from './score/duckdb.mjs';
import { indexSql } from './score/figures-sql.mjs';
import { definition, Ledgers } from './score/index-runs.mjs';
import { Postgres } from './score/postgres.mjs';
import { catalogLines, dossierRow, LineFile, petitionRow } from './score/rows.mjs';

const { values } = parseArgs({ options: {
  dossiers: { type: 'string', default: '1000000' }, runs: { type: 'string', default: '7' }, history: { type: 'string', default: '10' },
  'history-units': { type: 'string', default: '384' },
  json: { type: 'boolean', default: false },
} });
const [dossiers, runs, history, historyUnits] = [values.dossiers, values.runs, values.history, values['history-units']].map(Number);
const PERIODS = [WEEK, YEAR];
/** Of what takes so little that a collection of garbage, which comes in some runs, is as long. */
const SHORT_RUNS = 201;
v8.setFlagsFromString('--expose-gc');
/** What making a ledger leaves would be collected beside what is measured. */
const collectGarbage = vm.runInNewContext('gc');
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

async function writeTables(target, { units }) {
  const files = Object.fromEntries(['dossiers', 'petitions'].map((name) => [name, new LineFile(path.join(target, `${name}.csv`))]));
  for (const { code, cases, petitions } of units) {
    await files.dossiers.write([...cases.all()].map((view) => dossierRow(view, Math.round((processingMilliseconds(view.dossier, calendar) ?? 0) / 1_000))));
    // A transferred one is also among those of its next unit.
    await files.petitions.write([...petitions.all()].filter(({ holders }) => holders[0].unit === code).map((view) => petitionRow(view, () => calendar)));
  }
  for (const file of Object.values(files)) await file.close();
  for (const [name, lines] of Object.entries(catalogLines(PERIODS))) fs.writeFileSync(path.join(target, `${name}.csv`), `${lines.join('\n')}\n`);
}

/** Of the same week with one and with many years behind it, of the first units: what a unit holds is as above. */
function measureHistory(years) {
  const ledgers = new Ledgers(reference, historyUnits, { dossiers, years });
  ledgers.measures(WEEK); // makes the columns
  collectGarbage();
  return { years, week: medianTimes(SHORT_RUNS, () => ledgers.measures(WEEK)), update: medianTimes(SHORT_RUNS, ledgers.updater('H0', WEEK)) };
}

/** `figures` are those of the last run of each period. */
function measureIndex(ledgers) {
  const figures = [];
  const periods = PERIODS.map((period, at) => {
    const stocks = ledgers.stocks(period);
    return {
      index: medianTimes(runs, () => { figures[at] = ledgers.figures(period, stocks); }),
      measures: medianTimes(runs, () => ledgers.measures(period)), stocks: medianTimes(runs, () => ledgers.stocks(period)),
    };
  });
  return { figures, own: { periods, update: medianTimes(SHORT_RUNS, ledgers.updater('H0', WEEK)) } };
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'index766-bench-'));
fs.chmodSync(folder, 0o755);
const postgres = new Postgres(folder);
const reference = referenceOfAll();
try {
  let ledgers = new Ledgers(reference, UNITS, { dossiers, years: 1 });
  await writeTables(folder, ledgers);
  say(`${dossiers} dossiers of ${UNITS} units made`);
  ledgers.measures(WEEK); // makes the columns
  collectGarbage();
  const { figures, own } = measureIndex(ledgers);
  say('index measured');
  const queries = PERIODS.map((period) => indexSql(period, definition));
  await postgres.start();
  postgres.load(folder);
  say('PostgreSQL loaded');
  const byPostgres = queries.map((query) => postgres.measure(query, runs));
  await postgres.stop();
  const byDuckDb = measureDuckDb({ folder, queries, runs });
  for (const [name, answers] of Object.entries({ PostgreSQL: byPostgres, DuckDB: byDuckDb })) {
    answers.forEach((answer, at) => assertSame(`${name}, ${PERIODS[at].name}`, figures[at], answer.figures));
  }
  ledgers = undefined;
  const histories = [1, history].map(measureHistory);
  const report = {
    dossiers, units: UNITS, runs, loadAverage: os.loadavg()[0], compared: figures.map((rows) => rows.length * (rows[0].length - 1)), // without the number of the unit
    periods: PERIODS.map((period, at) => ({
      period: period.name, ...own.periods[at], postgres: { wall: median(byPostgres[at].milliseconds) },
      duckDb: { wall: median(byDuckDb[at].milliseconds), processor: median(byDuckDb[at].processor) },
    })),
    update: own.update,
    historyUnits, histories,
  };
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : inWords(report));
} finally {
  await postgres.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}

function inWords({ periods, update, histories, ...all }) {
  const ms = ({ wall, processor }) => `${wall.toFixed(1)} ms${processor === undefined ? '' : ` (processor ${processor.toFixed(1)})`}`;
  const ratio = (a, b) => (a / b).toFixed(2);
  const lines = periods.flatMap(({ period, index, measures, stocks, postgres: sql, duckDb }) => [
    `${period}: six groups of every unit ${ms(index)}; of this, measures of every unit ${ms(measures)}; once a day stocks of procedures ${ms(stocks)}`,
    `  PostgreSQL ${ms(sql)}, DuckDB ${ms(duckDb)}; the index takes ${ratio(index.wall, sql.wall)} of PostgreSQL, ${ratio(index.wall, duckDb.wall)} of DuckDB, in processor time ${ratio(index.processor, duckDb.processor)}`,
    `  with the stocks, which the databases make each time: ${ratio(index.wall + stocks.wall, sql.wall)} of PostgreSQL, ${ratio(index.wall + stocks.wall, duckDb.wall)} of DuckDB`,
  ]);
  const [few, many] = histories;
  return [
    `${all.dossiers} dossiers, ${all.units} units, medians of ${all.runs} runs, load average ${all.loadAverage.toFixed(1)}; ${all.compared.join(' and ')} figures equal in all three`, ...lines,
    `one unit after one fact, up to its province: ${ms(update)}`,
    ...histories.map(({ years, week, update: ofOne }) =>
      `${all.historyUnits} units, ${years} year(s): measures of the week ${ms(week)}, one unit after one fact ${ms(ofOne)}`),
    `${many.years} times the history: measures of the week times ${ratio(many.week.wall, few.week.wall)}, one unit after one fact times ${ratio(many.update.wall, few.update.wall)}`, '',
  ].join('\n');
}
