import { execFileSync } from 'node:child_process';
import type { Push } from '@index766/sample';
import { startPrometheus, until, type RunningPrometheus } from '@index766/testing-integration';
import { PrometheusApi } from './test/prometheus-api';
import { sendPushes } from './test/send-pushes';
import { samplePushes } from './test/small-sample';
import { SERVICES, type ServiceName } from './test/services';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { inWorkspace } from './test/workspace';

interface PanelQuery {
  readonly dashboard: string;
  readonly panel: string;
  readonly expression: string;
  readonly legend: string;
  /** Why it has no data while all is well. */
  readonly quiet?: string;
}

interface DashboardVariable {
  readonly dashboard: string;
  readonly variable: string;
  readonly metric: string;
  readonly label: string;
}

const RULES = inWorkspace('infra', 'prometheus', 'alerts.yml');
/** Figures and watermarks are told once a minute. */
const DATA_WITHIN_MS = 120_000;
const PUSHES = 5;
/** As many as infra/grafana/queries.mjs names. */
const QUIET_PANELS = 3;

const system = loadedSystem();
const asked = execFileSync(process.execPath, [inWorkspace('infra', 'grafana', 'queries.mjs')], { encoding: 'utf8' })
  .trim().split('\n').map((line) => JSON.parse(line) as PanelQuery | DashboardVariable);
const allQueries = asked.filter((each) => 'expression' in each);
const queries = allQueries.filter(({ quiet }) => quiet === undefined);
/** Without data while all is well: of these it is held that Prometheus takes the query. */
const quietQueries = allQueries.filter(({ quiet }) => quiet !== undefined);
const variables = asked.filter((each) => 'variable' in each);

/** The push as its source sends it now: without instants at which it is stated to have been recorded. */
function asLive(push: Push): Push {
  return { ...push, data: push.data.map(({ recordedAt: _stated, ...element }) => element) } as unknown as Push;
}

/** Names of metrics in an expression: what is neither a function nor a label. */
function metricsIn(expression: string): readonly string[] {
  const bare = expression.replace(/\{[^}]*\}|\b(?:by|on|without|ignoring) *\([^)]*\)/g, ' ');
  return bare.match(/\b[a-z]+(?:_[a-z0-9]+)+\b(?!\()/g) ?? [];
}

describe('a Prometheus that scrapes the running services', () => {
  let prometheus: RunningPrometheus;
  let api: PrometheusApi;
  beforeAll(async () => {
    const targets = Object.fromEntries(SERVICES.map((name) => [name, new URL(system.urls[name]).host]));
    prometheus = await startPrometheus({ targets, rulesFile: RULES });
    api = new PrometheusApi(prometheus.url);
    await until(async () => (await api.query('count(up == 1)'))[0]?.value === SERVICES.length, { what: 'every service to be scraped', timeoutMs: 60_000 });
    // What is told by rates needs something that happens while Prometheus looks: twice, since what is new to it has not grown.
    // Nothing that is pushed again is new. Live, not as a replay: only then it is told how late a source is.
    const pushes = samplePushes().slice(0, PUSHES).map(asLive);
    await sendPushes(system, pushes);
    await until(async () => (await api.query('dossiers_source_delay_seconds_count')).length > 0, { what: 'the first push to be scraped' });
    await sendPushes(system, pushes);
  }, LOADED_WITHIN_MS);
  afterAll(() => prometheus.stop());

  it.each(queries)('has data for $panel ($dashboard), with every label of its legend', async ({ expression, legend }) => {
    const found = await until(async () => {
      const series = await api.query(expression);
      return series.some(({ value }) => Number.isFinite(value)) && series;
    }, { what: `data of ${expression}`, timeoutMs: DATA_WITHIN_MS, everyMs: 500 });

    const labels = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
    for (const label of labels) expect(found.map((series) => series.labels[label])).not.toContain(undefined);
  }, DATA_WITHIN_MS + 20_000);

  it.each(quietQueries)('takes the query of $panel ($dashboard)', async ({ expression }) => {
    await expect(api.query(expression)).resolves.toBeDefined();
  });

  it('knows every panel that is said to be empty', () => {
    expect(new Set(quietQueries.map(({ panel }) => panel)).size).toBe(QUIET_PANELS);
  });

  it.each(variables)('has values for the variable $variable of $dashboard', async ({ metric, label }) => {
    const values = await until(async () => {
      const known = await api.labelValues(metric, label);
      return known.length > 0 && known;
    }, { what: `values of ${label}`, timeoutMs: DATA_WITHIN_MS, everyMs: 500 });

    expect(values).not.toContain('');
  }, DATA_WITHIN_MS + 20_000);

  it('evaluates every alert without an error, on metrics that the services have', async () => {
    const rules = await until(async () => {
      const known = await api.alertRules();
      return known.length > 0 && known.every(({ health }) => health !== 'unknown') && known;
    }, { what: 'the rules to be evaluated', timeoutMs: 60_000 });
    const metrics = await api.metricNames();

    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
    expect(rules.flatMap(({ query }) => metricsIn(query)).filter((name) => !metrics.includes(name))).toEqual([]);
  });

  it.each(SERVICES)('takes the metrics of %s as promtool wants them', async (name: ServiceName) => {
    const text = await (await fetch(`${system.urls[name]}/metrics`)).text();

    expect(execFileSync(prometheus.promtool, ['check', 'metrics'], { input: text, encoding: 'utf8' })).toBe('');
  });
});
