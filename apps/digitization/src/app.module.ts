import { Module, type DynamicModule, type FactoryProvider, type Type } from '@nestjs/common';
import { AuthModule } from '@index766/platform-auth';
import { FactService, factServiceProvider } from '@index766/platform-facts';
import { ObservabilityModule, type ServiceLog } from '@index766/platform-observability';
import { UnitScope } from '@index766/platform-reference';
import type { DigitizationConfig } from './digitization.config';
import { openDigitization, type DigitizationUseCases } from './digitization.runtime';
import { CommandGate } from './http/command-gate';
import { CommandsController } from './http/commands.controller';
import { DocumentsController } from './http/documents.controller';
import { ShowDocuments } from './queries/show-documents';

@Module({})
export class AppModule {
  static forRoot(config: DigitizationConfig, log: ServiceLog): DynamicModule {
    return {
      module: AppModule,
      imports: [ObservabilityModule.forRoot(log, config.traces), AuthModule.forRoot(config.auth, log.logger)],
      controllers: [CommandsController, DocumentsController],
      providers: [
        factServiceProvider((logger, metrics) => openDigitization(config, logger, metrics)),
        partOf(ShowDocuments, ({ showDocuments }) => showDocuments),
        partOf(UnitScope, ({ scope }) => scope),
        partOf(CommandGate, (useCases) => new CommandGate(useCases.commandDocuments, useCases.scope, useCases.metrics)),
      ],
    };
  }
}

function partOf<T>(provide: Type<T>, select: (useCases: DigitizationUseCases) => T): FactoryProvider<T> {
  return { provide, inject: [FactService], useFactory: (service: FactService<DigitizationUseCases>) => select(service.useCases) };
}
