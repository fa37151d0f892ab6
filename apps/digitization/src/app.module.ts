import { Module, type DynamicModule, type FactoryProvider, type Type } from '@nestjs/common';
import { AuthModule } from '@index766/platform-auth';
import { mongoProbe, referenceProbe, relayProbe } from '@index766/platform-mongo';
import { Health, LOGGER, Metrics, ObservabilityModule, type Logger, type ServiceLog } from '@index766/platform-observability';
import { UnitScope } from '@index766/platform-reference';
import type { DigitizationConfig } from './digitization.config';
import { DigitizationRuntime } from './digitization.runtime';
import { CommandGate } from './http/command-gate';
import { CommandsController } from './http/commands.controller';
import { DocumentsController } from './http/documents.controller';
import { ShowDocuments } from './queries/show-documents';

@Module({})
export class AppModule {
  static forRoot(config: DigitizationConfig, log: ServiceLog): DynamicModule {
    return {
      module: AppModule,
      imports: [ObservabilityModule.forRoot(log), AuthModule.forRoot(config.auth, log.logger)],
      controllers: [CommandsController, DocumentsController],
      providers: [
        {
          provide: DigitizationRuntime,
          inject: [LOGGER, Metrics, Health],
          useFactory: async (logger: Logger, metrics: Metrics, health: Health) => {
            const runtime = await DigitizationRuntime.open(config, logger, metrics);
            health.addReadiness(mongoProbe(runtime.database));
            health.addReadiness(runtime.reconciliation.readinessProbe());
            health.addReadiness(referenceProbe(runtime.referenceCache));
            health.addReadiness(relayProbe(runtime.relay));
            health.addReadiness(runtime.publisher.readinessProbe());
            for (const consumer of runtime.consumers) {
              health.addReadiness(consumer.readinessProbe());
              health.addLiveness(consumer.livenessProbe());
            }
            return runtime;
          },
        },
        partOf(ShowDocuments, ({ useCases }) => useCases.showDocuments),
        partOf(UnitScope, ({ useCases }) => useCases.scope),
        partOf(CommandGate, ({ useCases }) => new CommandGate(useCases.commandDocuments, useCases.scope, useCases.metrics)),
      ],
    };
  }
}

function partOf<T>(provide: Type<T>, select: (runtime: DigitizationRuntime) => T): FactoryProvider<T> {
  return { provide, inject: [DigitizationRuntime], useFactory: select };
}
