import { execFileSync } from 'node:child_process';
import type { Push } from '@index766/sample';
import { until, type RunningPrometheus } from '@index766/testing-integration';
import { DASHBOARD_VARIABLES, PANEL_QUERIES, PANEL_WITHIN_MS, expectData } from './test/panel-queries';
import type { PrometheusApi } from './test/prometheus-api';
import { publishedEditions } from './test/published-editions';
import { scrape } from './test/scraping';
import { sendPushes } from './test/send-pushes';
import { samplePushes } from './test/small-sample';
import { SERVICES, type ServiceName } from './test/services';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { inWorkspace } from './test/workspace';

const RULES = inWorkspace('infra', 'prometheus', 'alerts.yml');
const PUSHES = 5;
/** Of a variable. */
const VALUES_WITHIN_MS = 120_000;

const system = loadedSystem();

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
    await publishedEditions();
    ({ prometheus, api } = await scrape(system, RULES));
    // What is told by rates needs something that happens while Prometheus looks: twice, since what is new to it has not grown.
    // Nothing that is pushed again is new. Live, not as a replay: only then it is told how late a source is.
    const pushes = samplePushes().slice(0, PUSHES).map(asLive);
    await sendPushes(system, pushes);
    await until(async () => (await api.query('dossiers_source_delay_seconds_count')).length > 0, { what: 'the first push to be scraped' });
    await sendPushes(system, pushes);
  }, LOADED_WITHIN_MS);
  afterAll(() => prometheus.stop());

  it.each(PANEL_QUERIES)('has data for $panel ($dashboard), with every label of its legend', (query) => expectData(api, query), PANEL_WITHIN_MS);

  it.each(DASHBOARD_VARIABLES)('has values for the variable $variable of $dashboard', async ({ metric, label }) => {
    const values = await until(async () => {
      const known = await api.labelValues(metric, label);
      return known.length > 0 && known;
    }, { what: `values of ${label}`, timeoutMs: VALUES_WITHIN_MS, everyMs: 500 });

    expect(values).not.toContain('');
  }, VALUES_WITHIN_MS + 20_000);

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
