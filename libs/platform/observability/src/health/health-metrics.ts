import { defineMetrics } from '../metrics/metric-definition';
import type { Metrics } from '../metrics/metrics';
import type { Health } from './health';

const CHECKS = ['live', 'ready'] as const;
/** Probes ask database and broker: whoever scrapes more often hears what they said last. */
const ASKED_EVERY_MS = 5_000;

export const HEALTH_METRICS = defineMetrics('service', {
  probeHealthy: {
    kind: 'gauge',
    name: 'service_probe_healthy',
    help: 'What /health/live and /health/ready say, by probe: 1 is healthy. A consumer that cannot work is seen here, whatever its lag last was.',
    labels: { check: CHECKS, probe: [] },
  },
});

/** Health as metrics, so that an alert sees what nobody asks for. @param now milliseconds */
export function tellHealth(health: Pick<Health, 'live' | 'ready'>, metrics: Metrics, now = () => performance.now()): void {
  let askedAt = Number.NEGATIVE_INFINITY;
  metrics.of(HEALTH_METRICS).probeHealthy.onScrape(async (gauge) => {
    if (now() - askedAt < ASKED_EVERY_MS) return;
    askedAt = now();
    for (const check of CHECKS) {
      const { probes } = await health[check]();
      for (const [probe, { healthy }] of Object.entries(probes)) gauge.set({ check, probe }, healthy ? 1 : 0);
    }
  });
}
