import { Module, type DynamicModule, type FactoryProvider, type Type } from '@nestjs/common';
import { AuthModule } from '@index766/platform-auth';
import { mongoProbe, referenceProbe, relayProbe } from '@index766/platform-mongo';
import { Health, LOGGER, Metrics, ObservabilityModule, type Logger, type ServiceLog } from '@index766/platform-observability';
import { UnitScope } from '@index766/platform-reference';
import { TakePush } from './application/take-push';
import { DossierMetrics } from './dossier-metrics';
import type { DossiersConfig } from './dossiers.config';
import { DossiersRuntime } from './dossiers.runtime';
import { CommandGate } from './http/command-gate';
import { CommandsController } from './http/commands.controller';
import { DossiersController } from './http/dossiers.controller';
import { NationalSyncController } from './intake/national-sync.controller';
import { OfficerPseudonyms } from './intake/officer-pseudonyms';
import { DueDateChanges } from './queries/due-date-changes';
import { ShowDossier } from './queries/show-dossier';

@Module({})
export class AppModule {
  static forRoot(config: DossiersConfig, log: ServiceLog): DynamicModule {
    return {
      module: AppModule,
      imports: [ObservabilityModule.forRoot(log), AuthModule.forRoot(config.auth, log.logger)],
      controllers: [NationalSyncController, CommandsController, DossiersController],
      providers: [
        {
          provide: DossiersRuntime,
          inject: [LOGGER, Metrics, Health],
          useFactory: async (logger: Logger, metrics: Metrics, health: Health) => {
            const runtime = await DossiersRuntime.open(config, logger, metrics);
            health.addReadiness(mongoProbe(runtime.database));
            health.addReadiness(runtime.reconciliation.readinessProbe());
            health.addReadiness(referenceProbe(runtime.referenceCache));
            health.addReadiness(relayProbe(runtime.relay));
            health.addReadiness(runtime.publisher.readinessProbe());
            health.addReadiness(runtime.consumer.readinessProbe());
            health.addLiveness(runtime.consumer.livenessProbe());
            return runtime;
          },
        },
        partOf(TakePush, ({ useCases }) => useCases.takePush),
        partOf(ShowDossier, ({ useCases }) => useCases.showDossier),
        partOf(DueDateChanges, ({ useCases }) => useCases.dueDateChanges),
        partOf(UnitScope, ({ useCases }) => useCases.scope),
        partOf(OfficerPseudonyms, ({ useCases }) => useCases.pseudonyms),
        partOf(DossierMetrics, ({ useCases }) => useCases.metrics),
        partOf(CommandGate, ({ useCases }) => new CommandGate(useCases.commandDossier, useCases.scope, useCases.metrics)),
      ],
    };
  }
}

function partOf<T>(provide: Type<T>, select: (runtime: DossiersRuntime) => T): FactoryProvider<T> {
  return { provide, inject: [DossiersRuntime], useFactory: select };
}
