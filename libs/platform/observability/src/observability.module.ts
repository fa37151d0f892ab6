import { Module, type DynamicModule } from '@nestjs/common';
import { Health } from './health/health';
import { tellHealth } from './health/health-metrics';
import type { ServiceLog } from './log/logger';
import { Metrics } from './metrics/metrics';
import { HealthController, LogLevelController, MetricsController } from './operation.controllers';
import { LOGGER, SERVICE_LOG } from './tokens';
import { keepTraceOverAwaits } from './trace/trace-context';
import { TraceExport, type TraceExportSettings } from './trace/trace-export';

/** Logger, metrics and health of an application, injectable everywhere, with the endpoints that show them. */
@Module({})
export class ObservabilityModule {
  /** @param traces nothing is exported without them */
  static forRoot(log: ServiceLog, traces: TraceExportSettings = { samplePercent: 0 }): DynamicModule {
    return {
      module: ObservabilityModule,
      global: true,
      controllers: [MetricsController, HealthController, LogLevelController],
      providers: [
        { provide: SERVICE_LOG, useValue: log },
        { provide: LOGGER, useValue: log.logger },
        { provide: Metrics, useFactory: createMetrics },
        { provide: Health, inject: [Metrics], useFactory: createHealth },
        {
          provide: TraceExport, inject: [Metrics],
          useFactory: (metrics: Metrics) => TraceExport.start(traces, log.service, metrics, log.logger),
        },
      ],
      exports: [SERVICE_LOG, LOGGER, Metrics, Health],
    };
  }
}

function createHealth(metrics: Metrics): Health {
  const health = new Health();
  tellHealth(health, metrics);
  return health;
}

function createMetrics(): Metrics {
  keepTraceOverAwaits();
  const metrics = new Metrics();
  metrics.watchProcess();
  return metrics;
}
