import { startPrometheus, until, type RunningPrometheus } from '@index766/testing-integration';
import { PrometheusApi } from './prometheus-api';
import { SERVICES } from './services';
import type { SystemAccess } from './system-access';

/** A Prometheus that scrapes an installation. */
export interface Scraping {
  readonly prometheus: RunningPrometheus;
  readonly api: PrometheusApi;
}

/** Resolves when every service is scraped. */
export async function scrape({ urls }: SystemAccess, rulesFile?: string): Promise<Scraping> {
  const targets = Object.fromEntries(SERVICES.map((name) => [name, new URL(urls[name]).host]));
  const prometheus = await startPrometheus({ targets, ...(rulesFile === undefined ? {} : { rulesFile }) });
  const api = new PrometheusApi(prometheus.url);
  try {
    await until(async () => (await api.query('count(up == 1)'))[0]?.value === SERVICES.length, { what: 'every service to be scraped', timeoutMs: 60_000 });
    return { prometheus, api };
  } catch (error) {
    await prometheus.stop();
    throw error;
  }
}
