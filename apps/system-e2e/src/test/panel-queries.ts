import { execFileSync } from 'node:child_process';
import { until } from '@index766/testing-integration';
import type { PrometheusApi } from './prometheus-api';
import { inWorkspace } from './workspace';

export interface PanelQuery {
  readonly dashboard: string;
  readonly panel: string;
  readonly expression: string;
  readonly legend: string;
}

export interface DashboardVariable {
  readonly dashboard: string;
  readonly variable: string;
  readonly metric: string;
  readonly label: string;
}

/** Panels that have data only where a province reports or a change was flagged: the loaded system, which others compare, has neither. */
const ELSEWHERE = ['Kỳ chờ chốt / Periods not closed', 'Cờ toàn vẹn chưa xem xét / Integrity flags without review'];
/** Figures and watermarks are told once a minute. */
const DATA_WITHIN_MS = 120_000;
export const PANEL_WITHIN_MS = DATA_WITHIN_MS + 20_000;

const asked = execFileSync(process.execPath, [inWorkspace('infra', 'grafana', 'queries.mjs')], { encoding: 'utf8' })
  .trim().split('\n').map((line) => JSON.parse(line) as PanelQuery | DashboardVariable);
const queries = asked.filter((each) => 'expression' in each);

export const DASHBOARD_VARIABLES: readonly DashboardVariable[] = asked.filter((each) => 'variable' in each);
/** What dashboards ask of any installation that has the sample and editions. */
export const PANEL_QUERIES: readonly PanelQuery[] = queries.filter(({ panel }) => !ELSEWHERE.includes(panel));
/** The rest of it, in the order in which it is named here. */
export const FURTHER_PANEL_QUERIES: readonly PanelQuery[] = ELSEWHERE.map((title) => {
  const query = queries.find(({ panel }) => panel === title);
  if (query === undefined) throw new Error(`no dashboard has ${title}`);
  return query;
});

/** Resolves when the query of a panel has data; each of its series has every label of the legend. */
export async function expectData(api: PrometheusApi, { expression, legend }: PanelQuery): Promise<void> {
  const found = await until(async () => {
    const series = await api.query(expression);
    return series.some(({ value }) => Number.isFinite(value)) && series;
  }, { what: `data of ${expression}`, timeoutMs: DATA_WITHIN_MS, everyMs: 500 });

  const labels = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
  for (const label of labels) expect(found.map((series) => series.labels[label])).not.toContain(undefined);
}
