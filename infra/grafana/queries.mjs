// What the dashboards ask of Prometheus when "All" is chosen for every variable.
//   node infra/grafana/queries.mjs             one JSON object a line, for a panel's query and for a variable
//   node infra/grafana/queries.mjs --plain     the expressions alone: first `data` or `quiet`, a tabulator, the expression
import fs from 'node:fs';
import path from 'node:path';
import { isEntry } from '../local/serve.mjs';

const FOLDER = path.join(import.meta.dirname, 'dashboards');
/** Four times the scrape interval at least: as long as Grafana's own for a short range. */
const INTERVAL = '1m';

/** Panels without data after a load of the sample, and why. */
const QUIET = {
  'Cờ toàn vẹn chưa xem xét / Integrity flags without review': 'a unit is told from its first flag on',
  'Kỳ chờ chốt / Periods not closed': 'of provinces that report; the sample does not say since when it does',
  'Tuổi của bản công bố / Age of editions': 'from the first edition on; nobody has published one',
};
/** How late a source is, is told of live pushes alone: the sample is a replay of its month. */
const LIVE = /\bdossiers_source_delay_/;

function filled(expression, variables, interval) {
  const all = variables.reduce((text, { name, allValue }) => text.replaceAll(`$${name}`, allValue ?? ''), expression);
  return all.replaceAll('$__rate_interval', interval);
}

function queriesOf({ title: dashboard, templating: { list }, panels }, interval) {
  return panels.flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }) => ({
      dashboard, panel: title, expression: filled(expr, list, interval), legend: legendFormat, ...(title in QUIET ? { quiet: QUIET[title] } : {}),
    })));
}

function variablesOf({ title: dashboard, templating: { list } }) {
  return list.filter(({ type }) => type === 'query').map(({ name, query }) => {
    const [, metric, label] = /^label_values\(([^,]+), (\w+)\)$/.exec(query);
    return { dashboard, variable: name, metric, label };
  });
}

/** Queries of all panels, then the variables, of every dashboard. */
export function askedOfPrometheus(interval = INTERVAL) {
  const dashboards = fs.readdirSync(FOLDER).sort().map((file) => JSON.parse(fs.readFileSync(path.join(FOLDER, file), 'utf8')));
  return [...dashboards.flatMap((dashboard) => queriesOf(dashboard, interval)), ...dashboards.flatMap(variablesOf)];
}

function plainLine({ expression, quiet }) {
  if (expression === undefined) return [];
  return [`${quiet !== undefined || LIVE.test(expression) ? 'quiet' : 'data'}\t${expression}`];
}

if (isEntry(import.meta.url)) {
  const asked = askedOfPrometheus();
  const lines = process.argv.includes('--plain') ? asked.flatMap(plainLine) : asked.map((each) => JSON.stringify(each));
  console.log(lines.join('\n'));
}
