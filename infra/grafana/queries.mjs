// What the dashboards ask of Prometheus when "All" is chosen for every variable.
//   node infra/grafana/queries.mjs             one JSON object a line, for a panel's query and for a variable
//   node infra/grafana/queries.mjs --plain     the expressions alone
import fs from 'node:fs';
import path from 'node:path';
import { isEntry } from '../local/serve.mjs';

const FOLDER = path.join(import.meta.dirname, 'dashboards');
/** Four times the scrape interval at least: as long as Grafana's own for a short range. */
const INTERVAL = '1m';

function filled(expression, variables, interval) {
  const all = variables.reduce((text, { name, allValue }) => text.replaceAll(`$${name}`, allValue ?? ''), expression);
  return all.replaceAll('$__rate_interval', interval);
}

function queriesOf({ title: dashboard, templating: { list }, panels }, interval) {
  return panels.flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }) => ({ dashboard, panel: title, expression: filled(expr, list, interval), legend: legendFormat })));
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

if (isEntry(import.meta.url)) {
  const asked = askedOfPrometheus();
  const lines = process.argv.includes('--plain') ? asked.flatMap(({ expression }) => expression ?? []) : asked.map((each) => JSON.stringify(each));
  console.log(lines.join('\n'));
}
