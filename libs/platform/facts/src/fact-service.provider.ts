import type { FactoryProvider } from '@nestjs/common';
import { Health, LOGGER, Metrics, type Logger } from '@index766/platform-observability';
import { FactService } from './fact-service';

/** The service as a provider under `FactService`, with its probes. */
export function factServiceProvider(open: (log: Logger, metrics: Metrics) => Promise<FactService<unknown>>): FactoryProvider {
  return {
    provide: FactService,
    inject: [LOGGER, Metrics, Health],
    useFactory: async (log: Logger, metrics: Metrics, health: Health) => {
      const service = await open(log, metrics);
      for (const probe of service.readinessProbes()) health.addReadiness(probe);
      for (const probe of service.livenessProbes()) health.addLiveness(probe);
      return service;
    },
  };
}
