import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { DASHBOARDS } from './dashboards.mjs';

const here = import.meta.dirname;
const IN_BOTH_LANGUAGES = /.+ \/ .+/;
/** A product's name is the same in both. */
const NAMES = ['MongoDB'];

const uids = Object.values(DASHBOARDS).map(({ uid }) => uid);
const datasource = fs.readFileSync(path.join(here, 'provisioning', 'datasources', 'prometheus.yml'), 'utf8');

test('each dashboard has an id of its own', () => assert.equal(new Set(uids).size, uids.length));

for (const [name, dashboard] of Object.entries(DASHBOARDS)) {
  test(`${name}.json is what is declared`, () => {
    assert.deepEqual(JSON.parse(fs.readFileSync(path.join(here, 'dashboards', `${name}.json`), 'utf8')), dashboard, 'run node infra/grafana/write.mjs');
  });

  test(`${name}: the data source is a variable that stands for the provisioned one`, () => {
    const [first] = dashboard.templating.list;
    assert.deepEqual([first.name, first.type, first.query], ['datasource', 'datasource', 'prometheus']);
    assert.match(datasource, new RegExp(`uid: ${first.current.value}$`, 'm'));
    for (const variable of dashboard.templating.list.slice(1)) {
      assert.equal(variable.datasource.uid, '$datasource');
      assert.deepEqual([variable.multi, variable.includeAll, variable.allValue, variable.refresh], [true, true, '.+', 2]);
    }
    for (const { label, description } of dashboard.templating.list) for (const text of [label, description]) assert.match(text, IN_BOTH_LANGUAGES);
  });

  test(`${name}: nobody edits it in Grafana, every panel asks Prometheus, every variable is the label of a metric`, () => {
    assert.equal(dashboard.editable, false);
    for (const { datasource, targets } of dashboard.panels) for (const { type } of [datasource, ...targets.map((target) => target.datasource)]) assert.equal(type, 'prometheus');
    for (const { name: label, query } of dashboard.templating.list.slice(1)) assert.match(query, new RegExp(`^label_values\\([a-z][a-z0-9_]+, ${label}\\)$`));
  });

  test(`${name}: each panel has title, description, unit, data source, and stands beside no other`, () => {
    const taken = new Set();
    for (const { title, description, fieldConfig, datasource: { uid }, gridPos: { x, y, w } } of dashboard.panels) {
      assert.ok(NAMES.includes(title) || IN_BOTH_LANGUAGES.test(title), title);
      assert.match(description, IN_BOTH_LANGUAGES, title);
      assert.match(fieldConfig.defaults.unit, /^\w+$/, title);
      assert.equal(uid, '$datasource', title);
      for (let column = x; column < x + w; column += 1) {
        assert.ok(column < 24 && !taken.has(`${column}/${y}`), `${title} overlaps`);
        taken.add(`${column}/${y}`);
      }
    }
    assert.equal(new Set(dashboard.panels.map(({ title }) => title)).size, dashboard.panels.length);
  });

  test(`${name}: counters are read by rate or increase, over the interval of the display or a stated hour; each query has a legend`, () => {
    const variables = new Set(dashboard.templating.list.map((variable) => variable.name));
    for (const { title, targets } of dashboard.panels) {
      assert.ok(targets.length > 0, title);
      for (const { expr, legendFormat } of targets) {
        assert.match(legendFormat, /\S/, title);
        for (const [counter, before = ''] of counters(expr)) assert.match(before, /(?:rate|increase)\($/, `${title}: ${counter}`);
        for (const [, range] of expr.matchAll(/\[([^\]]+)\]/g)) assert.ok(['$__rate_interval', '1h'].includes(range), `${title}: ${range}`);
        for (const [, used] of expr.matchAll(/\$(?!__)(\w+)/g)) assert.ok(variables.has(used), `${title}: $${used}`);
      }
    }
  });
}

test('a counter is found wherever it stands in an expression', () => {
  assert.deepEqual(counters('rate(a_total{b="c"}[1h]) + sum(d_count) / e_sum > topk(5, f_bucket) - index_counted_g'), [
    ['a_total', 'rate('], ['d_count', 'sum('], ['e_sum', undefined], ['f_bucket', undefined],
  ]);
});

/** Names of counters in an expression, each with what stands before it. */
function counters(expr) {
  return [...expr.matchAll(/(\w+\()?\b([a-z]\w*_(?:total|count|sum|bucket))\b/g)].map(([, before, counter]) => [counter, before]);
}
