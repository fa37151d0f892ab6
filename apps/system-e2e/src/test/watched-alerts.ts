import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until, type RunningPrometheus } from '@index766/testing-integration';
import type { PrometheusApi } from './prometheus-api';
import { scrape } from './scraping';
import type { SystemAccess } from './system-access';
import { inWorkspace } from './workspace';

/** An alert fires at a second look; a group's lag is looked at every fifteen seconds. */
export const SEEN_WITHIN_MS = 120_000;

type Labels = Readonly<Record<string, string>>;

/** A Prometheus that scrapes an installation and evaluates the shipped alert rules, hurried. */
export class WatchedAlerts {
  private constructor(private readonly prometheus: RunningPrometheus, private readonly api: PrometheusApi, private readonly folder: string) {}

  /** Resolves when every service is scraped. */
  static async over(access: SystemAccess): Promise<WatchedAlerts> {
    const folder = mkdtempSync(path.join(tmpdir(), 'index766-alerts-'));
    const rulesFile = path.join(folder, 'alerts.yml');
    writeFileSync(rulesFile, hurriedRules());
    const { prometheus, api } = await scrape(access, rulesFile);
    return new WatchedAlerts(prometheus, api, folder);
  }

  async isFiring(alert: string, labels: Labels = {}): Promise<boolean> {
    const matchers = Object.entries({ alertname: alert, alertstate: 'firing', ...labels }).map(([name, value]) => `${name}="${value}"`).join(', ');
    return (await this.api.query(`ALERTS{${matchers}}`)).length > 0;
  }

  async fires(alert: string, labels: Labels = {}): Promise<void> {
    await until(() => this.isFiring(alert, labels), { what: `${alert} to fire`, timeoutMs: SEEN_WITHIN_MS, everyMs: 250 });
  }

  async isOver(alert: string, labels: Labels = {}): Promise<void> {
    await until(async () => !(await this.isFiring(alert, labels)), { what: `${alert} to be over`, timeoutMs: SEEN_WITHIN_MS, everyMs: 250 });
  }

  /** Names of the alerts that have fired at any time. */
  async fired(): Promise<readonly string[]> {
    const seen = await this.api.query('count by (alertname) (max_over_time(ALERTS{alertstate="firing"}[1h]))');
    return seen.map(({ labels }) => labels['alertname'] ?? '');
  }

  async stop(): Promise<void> {
    await this.prometheus.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The shipped rules with seconds for minutes and hours: what they look for is the same, they only do not wait so long. */
function hurriedRules(): string {
  return readFileSync(inWorkspace('infra', 'prometheus', 'alerts.yml'), 'utf8')
    .replace(/for: \d+[mh]/g, 'for: 2s')
    .replace(/\[\d+m\]/g, '[8s]')
    .replace('(outbox_oldest_age_seconds) > 300', '(outbox_oldest_age_seconds) > 5');
}
