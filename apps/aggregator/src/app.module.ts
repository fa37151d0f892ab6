import { Module, type DynamicModule, type FactoryProvider, type Type } from '@nestjs/common';
import { AuthModule } from '@index766/platform-auth';
import { mongoProbe, referenceProbe } from '@index766/platform-mongo';
import { Health, LOGGER, Metrics, ObservabilityModule, type Logger, type ServiceLog } from '@index766/platform-observability';

import type { AggregatorConfig } from './aggregator.config';
import { AggregatorRuntime } from './aggregator.runtime';
import { DossierQueries, LateOfficerQueries } from './lateness';
import { LatenessController } from './lateness/http/lateness.controller';
import { Reference } from './reference';
import { ScoreQueries } from './scores';
import { ScoresController } from './scores/http/scores.controller';

@Module({})
export class AppModule {
  static forRoot(config: AggregatorConfig, log: ServiceLog): DynamicModule {
    return {
      module: AppModule,
      imports: [ObservabilityModule.forRoot(log), AuthModule.forRoot(config.auth, log.logger)],
      controllers: [ScoresController, LatenessController],
      providers: [
        {
          provide: AggregatorRuntime,
          inject: [LOGGER, Metrics, Health],
          useFactory: async (logger: Logger, metrics: Metrics, health: Health) => {
            const runtime = await AggregatorRuntime.open(config, logger, metrics);
            health.addReadiness(mongoProbe(runtime.database));
            health.addReadiness(referenceProbe(runtime.referenceCache));
            for (const consumer of runtime.consumers) {
              health.addReadiness(consumer.readinessProbe());
              health.addLiveness(consumer.livenessProbe());
            }
            return runtime;
          },
        },
        partOf(ScoreQueries, (runtime) => runtime.scoreQueries),
        partOf(LateOfficerQueries, (runtime) => runtime.lateOfficerQueries),
        partOf(DossierQueries, (runtime) => runtime.dossierQueries),
        partOf(Reference, (runtime) => runtime.reference),
      ],
    };
  }
}

function partOf<T>(provide: Type<T>, select: (runtime: AggregatorRuntime) => T): FactoryProvider<T> {
  return { provide, inject: [AggregatorRuntime], useFactory: select };
}
